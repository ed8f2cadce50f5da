"""The one call of a scheduler: load, reconcile and report, published once, at the end."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from tieout import pipeline
from tieout.company import Company
from tieout.reporting import manifest
from tieout.reporting.publish import publish
from tieout.reporting.run import report
from tieout.settings import Settings
from tieout.store import Draft


def run(
    settings: Settings,
    database: Path,
    reports: Path,
    period: str | None,
    as_of: datetime | None,
    progress: pipeline.Progress,
    xlsx: bool = False,
    pdf: bool = False,
) -> tuple[list[dict[str, Any]], Path]:
    """Everything from the sources to the leadership page; gives the counts per file and the page.

    The run manifest ``tieout.run.json`` lies beside the database and is written last.
    """
    with Draft(database) as draft:
        counts = pipeline.rebuild(draft, settings, as_of, progress)
        draft.flush()
        progress("reporting leadership")
        page = report(draft.path, reports, period=period, config=settings.path, xlsx=xlsx, pdf=pdf)
        draft.publish()
        _write_manifest(database, page)
    return counts, page


def _write_manifest(database: Path, page: Path) -> None:
    this_run = (
        Company(database).sql("select run_id, as_of::varchar as as_of, inputs, policy, versions from this_run").iloc[0]
    )
    content = {
        "run_id": this_run["run_id"],
        "as_of": this_run["as_of"],
        **{name: json.loads(this_run[name]) for name in ("inputs", "policy", "versions")},
        "report": str(page),
    }
    publish(database.with_suffix(".run.json"), manifest.as_text(content))
