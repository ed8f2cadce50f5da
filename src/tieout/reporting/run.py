"""One report, from a notebook and a period to a page on disk. It appears whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import unicodedata
from pathlib import Path

from tieout import settings
from tieout.charts import wording
from tieout.company import Company
from tieout.errors import InputError
from tieout.reporting import facts, index, manifest, parameters, render, workbook
from tieout.reporting.beside import save
from tieout.reporting.execute import execute
from tieout.reporting.exhibits import tables_behind
from tieout.reporting.passage import summary_of
from tieout.reporting.pdf import require_pdf, write_pdf
from tieout.reporting.publish import publish, put


def report(
    database: Path,
    reports: Path,
    notebook: str = "leadership",
    period: str | None = None,
    config: Path | None = None,
    xlsx: bool = False,
    pdf: bool = False,
) -> Path:
    """Execute ``notebook`` on one period (default: the last complete one) and publish it under ``reports``.

    Leaves ``<company>/<period>/<notebook>.html``, the tables behind it in ``<notebook>.data``, with ``xlsx`` and
    ``pdf`` the period's workbook and the page as PDF, the manifest, and a fresh ``index.html``; gives the page's path.
    What an earlier report left beside its page and this one does not goes: it would contradict the page.
    Raises ``InputError`` for a notebook, parameter or period that is not there, ``InternalError`` if a cell fails:
    then the notebook is kept as ``<notebook>.failed.ipynb`` and nothing else is changed.
    """
    if pdf:
        require_pdf()
    is_live = config is None or settings.load(config).reports.interactive
    source = parameters.notebook_path(notebook)
    company = Company(database)
    values: dict[str, parameters.Value] = {
        "database": str(database.absolute()), "period": parameters.chosen_period(company, period),
    }  # fmt: skip
    if config is not None:
        values["config"] = str(config.absolute())
    values = parameters.checked(source, values)
    name, shown = source.stem, str(values["period"])
    folder = _folder(reports, company.name, shown)
    failed = folder / f"{name}.failed.ipynb"
    executed = execute(source, values, failed)
    failed.unlink(missing_ok=True)
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    summary = summary_of(outputs) or {"headline": f"{name} of {company.name}", "status": ""}
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as scratch:
        drafts = Path(scratch)
        saved = save(company, shown, tables_behind(outputs), drafts / f"{name}.data")
        footer = f"{company.name} · {wording.period_title(shown)}"
        drawn = render.page(executed, f"{summary['headline']} · {company.name}", footer, saved)
        page = render.live(drawn) if is_live else render.still(drawn)
        if xlsx:
            workbook.write(facts.read(company, shown), summary["headline"], drafts / f"{name}.xlsx")
        if pdf:
            write_pdf(render.still(drawn), drafts / f"{name}.pdf")
        content = manifest.manifest(company, name, values, page, summary, drafts)
        for form in ("data", "xlsx", "pdf"):
            put(drafts / f"{name}.{form}", folder / f"{name}.{form}")
        publish(folder / f"{name}.html", page)
    publish(folder / f"{name}.manifest.json", manifest.as_text(content))
    publish(reports / "index.html", index.page(reports))
    return folder / f"{name}.html"


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
