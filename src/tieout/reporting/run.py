"""One report, from a notebook and a period to a page on disk. It appears whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from tieout.company import Company
from tieout.errors import InputError
from tieout.reporting import facts, index, manifest, parameters, render, workbook
from tieout.reporting.execute import execute
from tieout.reporting.passage import summary_of
from tieout.reporting.publish import publish


def report(
    database: Path,
    reports: Path,
    notebook: str = "leadership",
    period: str | None = None,
    config: Path | None = None,
    xlsx: bool = False,
    given: Mapping[str, str] | None = None,
) -> Path:
    """Execute ``notebook`` on one period (default: the last complete one) and publish it under ``reports``.

    Leaves ``<company>/<period>/<notebook>.html``, with ``xlsx`` the period's workbook beside it, the manifest, and a
    fresh ``index.html``; gives the page's path. ``given``: further parameters of the notebook, as text; their values
    become part of the page's name. A workbook of an earlier report goes: it would contradict the page.
    Raises ``InputError`` for a notebook, parameter or period that is not there, ``InternalError`` if a cell fails:
    then the notebook is kept as ``<notebook>.failed.ipynb`` and nothing else is changed.
    """
    source = parameters.notebook_path(notebook)
    company = Company(database)
    values: dict[str, parameters.Value] = {
        "database": str(database.absolute()), "period": parameters.chosen_period(company, period),
    }  # fmt: skip
    if config is not None:
        values["config"] = str(config.absolute())
    further = parameters.parsed(source, given or {})
    values = parameters.checked(source, {**values, **further})
    name = "-".join([source.stem, *(tag(str(value)) for value in further.values())])
    folder = _folder(reports, company.name, str(values["period"]))
    failed = folder / f"{name}.failed.ipynb"
    executed = execute(source, values, failed)
    failed.unlink(missing_ok=True)
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    summary = summary_of(outputs) or {"headline": f"{source.stem} of {company.name}", "status": ""}
    page = render.page(executed, f"{summary['headline']} · {company.name}")
    path, workbook_path = (folder / f"{name}.{form}" for form in ("html", "xlsx"))
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as drafts:
        draft = Path(drafts) / workbook_path.name
        if xlsx:
            workbook.write(facts.read(company, str(values["period"])), summary["headline"], draft)
        content = manifest.manifest(company, source.stem, values, page, summary, draft if xlsx else None)
        publish(path, page)
        if xlsx:
            draft.replace(workbook_path)
        else:
            workbook_path.unlink(missing_ok=True)
    publish(folder / f"{name}.manifest.json", manifest.as_text(content))
    publish(reports / "index.html", index.page(reports))
    return path


def _folder(reports: Path, company: str, period: str) -> Path:
    """Where a period's reports go; two companies whose names differ only in signs must not share it."""
    folder = reports / slug(company) / slug(period)
    for path in folder.parent.glob("*/*.manifest.json"):
        owner = json.loads(path.read_text(encoding="utf-8"))["company"]
        if owner != company:
            raise InputError(f'{folder.parent} holds the reports of "{owner}". Name another folder with --reports.')
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def slug(name: str) -> str:
    """A name as a folder: lower-case ASCII letters, digits and hyphens; a hash where nothing else is left of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
    return words or hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def tag(value: str) -> str:
    """A parameter's value in the name of its page: another value, another name, whatever its signs."""
    short = slug(value)
    return short if short == value else f"{short}-{hashlib.sha256(value.encode()).hexdigest()[:6]}"
