"""What a notebook may be given, checked before it runs: papermill itself takes any name and any type."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path

from tieout.charts import last_complete
from tieout.company import Company
from tieout.errors import InputError, MissingFile, UnknownName
from tieout.resources import notebooks_dir

Value = str | int | float | bool
_OPTIONS = ("database", "config", "period")  # what the command line has an option for
_HINTS = {"int": ", such as 12", "float": ", such as 0.5", "bool": ": true or false"}
_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}


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
    from papermill import inspect_notebook

    declared = inspect_notebook(literal(notebook))
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


def parsed(notebook: Path, given: Mapping[str, str]) -> dict[str, Value]:
    """Parameters written as text, each read as the type that the notebook declares; else ``InputError``."""
    from papermill import inspect_notebook

    declared = inspect_notebook(literal(notebook)) if given else {}
    for name in given:
        if name in _OPTIONS:
            raise InputError(f"{notebook}: {name} is not given with --parameter, but with --{name}.")
    types = {name: str(parameter["inferred_type_name"]) for name, parameter in declared.items()}
    return {name: _read(notebook, name, text, types.get(name, "str")) for name, text in given.items()}


def _read(notebook: Path, name: str, text: str, wanted: str) -> Value:
    """A text as ``wanted``: whole numbers in digits, fractions with a point, true or false; nothing is guessed."""
    if wanted == "str":
        return text
    if wanted == "bool" and text in ("true", "false"):
        return text == "true"
    if wanted == "int" and re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    if wanted == "float" and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return float(text)
    raise InputError(f'{notebook}: parameter {name} = "{text}" should be a {wanted}{_HINTS.get(wanted, "")}.')


def literal(path: Path) -> str:
    """The path for papermill, which takes braces in paths for places to put parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def chosen_period(company: Company, wanted: str | None) -> str:
    """``wanted`` if the company has that period; without a wish the last complete one, or the last if none is."""
    periods = company.periods()
    if periods.empty:
        raise InputError("There is no period to report on: the database holds no dated entry. Load data first.")
    if wanted and wanted not in set(periods["period"]):
        raise UnknownName("period", wanted, periods["period"])
    return wanted or last_complete(periods)
