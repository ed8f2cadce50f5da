"""One report, from a notebook and a period to a page on disk. It appears whole or not at all."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tieout import settings
from tieout.charts import wording
from tieout.company import Company
from tieout.errors import InputError
from tieout.reporting import changes, facts, index, manifest, parameters, records, render, workbook
from tieout.reporting.beside import save
from tieout.reporting.execute import execute
from tieout.reporting.exhibits import tables_behind
from tieout.reporting.passage import summary_of
from tieout.reporting.pdf import require_pdf, write_pdf
from tieout.reporting.publish import publish, put, slug


def report(
    database: Path,
    reports: Path,
    notebook: str = "leadership",
    period: str | None = None,
    config: Path | None = None,
    xlsx: bool = False,
    pdf: bool = False,
    others: Mapping[str, parameters.Value] | None = None,
    interactive: bool | None = None,
) -> Path:
    """Execute ``notebook`` on one period (default: the last complete one) and publish it under ``reports``.

    Leaves ``<company>/<period>/<notebook>.html``, the tables behind it in ``<notebook>.data``, with ``xlsx`` and
    ``pdf`` the period's workbook and the page as PDF, the manifest, and a fresh ``index.html``; gives the page's path.
    What an earlier report left beside its page and this one does not goes: it would contradict the page.
    ``others``: further parameters of the notebook; their values become part of the page's name. ``interactive``: by
    default as the configuration says. Raises ``InputError`` for a notebook, parameter or period that is not there,
    ``InternalError`` if a cell fails: then the notebook is kept as ``<notebook>.failed.ipynb``, and that is all.
    """
    if pdf:
        require_pdf()
    if interactive is None:
        interactive = config is None or settings.load(config).reports.interactive
    source = parameters.notebook_path(notebook)
    company = Company(database)
    values: dict[str, parameters.Value] = {
        "database": str(database.absolute()), "period": parameters.chosen_period(company, period),
    }  # fmt: skip
    if config is not None:
        values["config"] = str(config.absolute())
    values = parameters.checked(source, {**values, **(others or {})})
    name, shown = page_name(source, others or {}), str(values["period"])
    folder = _folder(reports, company.name, shown)
    failed = folder / f"{name}.failed.ipynb"
    executed = execute(source, values, failed)
    failed.unlink(missing_ok=True)
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    summary = summary_of(outputs) or {"headline": f"{source.stem} of {company.name}", "status": ""}
    known = facts.read(company, shown)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as scratch:
        drafts = Path(scratch)
        saved = save(company, shown, tables_behind(outputs), drafts / f"{name}.data")
        footer = f"{company.name} · {wording.period_title(shown)}"
        drawn = render.page(executed, f"{summary['headline']} · {company.name}", footer, saved, name)
        page = render.live(drawn) if interactive else render.still(drawn)
        if xlsx:
            workbook.write(known, summary["headline"], drafts / f"{name}.xlsx")
        if pdf:
            write_pdf(render.still(drawn), drafts / f"{name}.pdf")
        content = {**manifest.manifest(known, source, values, page, summary, drafts), "interactive": interactive}
        for form in ("data", "xlsx", "pdf"):
            put(drafts / f"{name}.{form}", folder / f"{name}.{form}")
        publish(folder / f"{name}.html", page)
    told = folder / f"{name}{records.ENDING}"
    publish(told, manifest.as_text(changes.continued(content, records.read_if_whole(told))))
    publish(reports / "index.html", index.page(reports))
    return folder / f"{name}.html"


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
