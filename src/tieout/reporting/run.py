"""One report, from a notebook and a period to a page on disk. It appears whole or not at all."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tieout.company import Company
from tieout.errors import InputError
from tieout.reporting import changes, facts, index, manifest, parameters, records, render, workbook
from tieout.reporting.execute import execute
from tieout.reporting.passage import summary_of
from tieout.reporting.publish import publish, slug


def report(
    database: Path,
    reports: Path,
    notebook: str = "leadership",
    period: str | None = None,
    config: Path | None = None,
    xlsx: bool = False,
    others: Mapping[str, parameters.Value] | None = None,
) -> Path:
    """Execute ``notebook`` on one period (default: the last complete one) and publish it under ``reports``.

    Leaves ``<company>/<period>/<notebook>.html``, with ``xlsx`` the period's workbook beside it, the manifest, and a
    fresh ``index.html``; gives the page's path. ``others``: further parameters of the notebook; their values become
    part of the page's name. A workbook of an earlier report goes: it would contradict the page.
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
    values = parameters.checked(source, {**values, **(others or {})})
    name = page_name(source, others or {})
    folder = _folder(reports, company.name, str(values["period"]))
    failed = folder / f"{name}.failed.ipynb"
    executed = execute(source, values, failed)
    failed.unlink(missing_ok=True)
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    summary = summary_of(outputs) or {"headline": f"{source.stem} of {company.name}", "status": ""}
    page = render.page(executed, f"{summary['headline']} · {company.name}")
    known = facts.read(company, str(values["period"]))
    path, workbook_path = (folder / f"{name}.{form}" for form in ("html", "xlsx"))
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as drafts:
        draft = Path(drafts) / workbook_path.name
        if xlsx:
            workbook.write(known, summary["headline"], draft)
        content = manifest.manifest(known, source, values, page, summary, draft if xlsx else None)
        publish(path, page)
        if xlsx:
            draft.replace(workbook_path)
        else:
            workbook_path.unlink(missing_ok=True)
    told = folder / f"{name}{records.ENDING}"
    publish(told, manifest.as_text(changes.continued(content, records.read_if_whole(told))))
    publish(reports / "index.html", index.page(reports))
    return path


def _folder(reports: Path, company: str, period: str) -> Path:
    """Where a period's reports go."""
    refuse_strangers(reports, company)
    folder = reports / slug(company) / slug(period)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def refuse_strangers(reports: Path, company: str) -> None:
    """Raise ``InputError`` if the company's folder is another one's, whose name differs only in signs."""
    folder = reports / slug(company)
    for path in folder.glob(f"*/*{records.ENDING}"):
        owner = records.owner(path)
        if owner not in (company, None):
            raise InputError(f'{folder} holds the reports of "{owner}". Name another folder with --reports.')


def page_name(notebook: Path, others: Mapping[str, parameters.Value]) -> str:
    """A page's file name without ending: the notebook's, with the values of what else it was given."""
    return "-".join([notebook.stem, *(_tag(str(others[name])) for name in sorted(others))])


def _tag(value: str) -> str:
    """A parameter's value in the name of its page: another value, another name, whatever its signs."""
    short = slug(value)
    return short if short == value else f"{short}-{hashlib.sha256(value.encode()).hexdigest()[:6]}"
