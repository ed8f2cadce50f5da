"""Which periods a run reports: the last complete one, those that nobody has reported yet, those whose figures moved."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from pathlib import Path

from tieout.errors import InputError
from tieout.reporting import records
from tieout.reporting.publish import slug
from tieout.reporting.records import Listed
from tieout.reporting.schedule.snapshot import Period


def on_file(reports: Path, company: str, notebook: str, is_interactive: bool) -> dict[str, str]:
    """The run that made each report that lies under ``reports``, by period; of one drawn the other way, no run."""
    found = {}
    for path in sorted((reports / slug(company)).glob(f"*/{notebook}.manifest.json")):
        with contextlib.suppress(InputError):  # no manifest, no report: it is made again
            told = records.read(path, Listed)
            if path.with_name(f"{notebook}.html").is_file():
                found[told.period] = told.run_id if told.interactive is is_interactive else ""
    return found


def last_complete(periods: list[Period]) -> str:
    """The last period that is over; where none is, the last one."""
    complete = [period for period in periods if period.is_complete]
    return (complete or periods)[-1].name


def due(
    periods: list[Period], reported: Collection[str], moved: Collection[str], at_most: int
) -> tuple[list[str], list[str]]:
    """The periods to report, and those that are left out because they are more than ``at_most``; each in order.

    The first report of a company is of the last complete period (the last one where none is complete); later every
    complete period after the last one that was reported is due, and every reported one that has ``moved``.
    """
    if not periods:
        return [], []
    names = [period.name for period in periods]
    done = [names.index(name) for name in reported if name in names]
    missed = [period.name for place, period in enumerate(periods) if period.is_complete and done and place > max(done)]
    wanted = {last_complete(periods), *missed, *(name for name in moved if name in reported)}
    ordered = [name for name in names if name in wanted]
    return ordered[-at_most:], ordered[:-at_most]


def unfinished(planned: Collection[str], on_file: Mapping[str, str], run_id: str) -> list[str]:
    """The periods that a run set out to report and whose report is not there, or is of another run."""
    return [period for period in planned if on_file.get(period) != run_id]
