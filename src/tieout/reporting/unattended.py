"""The one call of a scheduler: load, reconcile and report, published once, at the end."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from tieout import pipeline
from tieout.company import Company
from tieout.reporting import manifest
from tieout.reporting.publish import publish
from tieout.reporting.run import report
from tieout.reporting.stages import Stages
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
) -> tuple[list[dict[str, Any]], Path]:
    """Everything from the sources to the leadership page; gives the counts per file and the page.

    The run manifest ``tieout.run.json`` lies beside the database and is written last.
    """
    stages = Stages(progress)
    with Draft(database) as draft:
        counts = pipeline.rebuild(draft, settings, as_of, stages)
        draft.flush()
        stages("reporting leadership")
        page = report(draft.path, reports, period=period, config=settings.path, xlsx=xlsx)
        draft.publish()
    told = manifest.of_run(Company(database), page, stages.seconds())
    publish(database.with_suffix(".run.json"), manifest.as_text(told))
    return counts, page
