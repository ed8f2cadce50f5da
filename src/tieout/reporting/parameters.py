"""What a notebook may be given, checked before it runs: papermill itself takes any name and any type."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tieout.charts import last_complete
from tieout.company import Company
from tieout.errors import InputError, MissingFile, UnknownName, UnreadableFile
from tieout.resources import notebooks_dir

Value = str | int | float | bool
_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
# How a command line writes them: pattern, reading, and an example; nothing is guessed.
_READ: dict[str, tuple[str, Callable[[str], Value], str]] = {
    "str": ("(?s:.*)", str, "any text"),
    "int": ("-?[0-9]+", int, "such as 12"),
    "float": (r"-?[0-9]+(\.[0-9]+)?", float, "such as 0.5"),
    "bool": ("true|false", lambda text: text == "true", "true or false"),
}
_OURS = ("database", "config", "period")  # what the command line has an option for


def notebook_path(notebook: str) -> Path:
    """The file of a notebook that comes with tieout (``leadership``), or of the user's own (``path/to/own.ipynb``)."""
    if notebook.endswith(".ipynb"):
        path = Path(notebook)
        if not path.is_file():
            raise MissingFile(path, "Name a notebook that exists.")
        return path.absolute()
    shipped = {path.stem: path for path in notebooks_dir().glob("*.ipynb")}
    if notebook not in shipped:
        raise UnknownName("notebook", notebook, shipped)
    return shipped[notebook]


def checked(notebook: Path, values: Mapping[str, Value]) -> dict[str, Value]:
    """``values`` if the notebook's parameters cell declares each name with that type; else ``InputError``."""
    declared = _declared(notebook)
    if not declared:
        raise InputError(
            f'{notebook}: there is no cell tagged "parameters". Add one that declares {", ".join(values)}.'
        )
    for name, value in values.items():
        if name not in declared:
            near = difflib.get_close_matches(name, declared, 1)
            hint = f' (did you mean "{near[0]}"?)' if near else ""
            raise InputError(
                f'{notebook}: no parameter "{name}"{hint}. Its parameters cell has: {", ".join(declared)}.'
            )
        wanted = declared[name]["inferred_type_name"]
        if type(value) is not _TYPES.get(wanted):
            raise InputError(
                f"{notebook}: parameter {name} = {value!r} should be a {wanted}, not a {type(value).__name__}."
            )
    return dict(values)


def given(notebook: Path, texts: Iterable[str]) -> dict[str, Value]:
    """``NAME=VALUE`` of a command line in the types that the notebook declares; ``checked`` refuses unknown names."""
    declared, values = _declared(notebook), dict[str, Value]()
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or name in _OURS:
            remedy = f"{name} is given by tieout, see --{name}" if name in _OURS else "write it as NAME=VALUE"
            raise InputError(f'--parameter "{text}" is not taken: {remedy}.')
        if name in values:
            raise InputError(f"--parameter {name} is given twice. Give it once.")
        kind = declared[name]["inferred_type_name"] if name in declared else "str"
        values[name] = _typed(text, value, kind)
    return values


def _typed(text: str, value: str, kind: str) -> Value:
    """A value as text in the type of its parameter."""
    if kind not in _READ:
        raise InputError(f'--parameter "{text}": the notebook must declare one of {", ".join(_READ)} for it.')
    pattern, read, example = _READ[kind]
    if not re.fullmatch(pattern, value):
        raise InputError(f'--parameter "{text}": should be {kind} ({example}).')
    return read(value)


def _declared(notebook: Path) -> dict[str, Any]:
    """What the parameters cell declares, as papermill tells it."""
    from nbformat import ValidationError
    from papermill import inspect_notebook

    try:
        return dict(inspect_notebook(literal(notebook)))
    except (ValueError, ValidationError) as error:
        remedy = "Open it in JupyterLab, choose a Python kernel and save it."
        raise UnreadableFile(notebook, f"is not a notebook that can run ({_first_line(error)})", remedy) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")


def literal(path: Path) -> str:
    """The path for papermill, which takes braces in paths for places to put parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def chosen_period(company: Company, wanted: str | None) -> str:
    """``wanted`` if the company has that period; without a wish the last complete one, or the last if none is."""
    if wanted and not isinstance(wanted, str):  # JupyterLab's scheduler pastes 2025-10 as it is: a subtraction
        raise InputError(f'period = {wanted!r} is not text. Write it in quotes, as in period = "2025-06".')
    periods = company.periods()
    if periods.empty:
        raise InputError("There is no period to report on: the database holds no dated entry. Load data first.")
    if wanted and wanted not in set(periods["period"]):
        raise UnknownName("period", wanted, periods["period"])
    return wanted or last_complete(periods)
