"""The list of all reports in a folder, read from the manifests that lie beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2

from tieout.charts import wording
from tieout.reporting.render import TEMPLATE


def page(reports: Path) -> str:
    """HTML with an entry for each report under ``reports``: by company, the newest period first."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True)
    return environment.get_template("reports.html.j2").render(rows=_entries(reports))


def _entries(reports: Path) -> list[dict[str, Any]]:
    """What each manifest says, with a link to its report; a manifest without its report counts for nothing."""
    entries = []
    for path in sorted(reports.glob("*/*/*.manifest.json")):
        report = path.with_name(path.name.replace(".manifest.json", ".html"))
        if report.is_file():
            content = json.loads(path.read_text(encoding="utf-8"))
            link = quote(report.relative_to(reports).as_posix())
            entries.append({**content, "link": link, "title": wording.period_title(content["period"])})
    return entries
