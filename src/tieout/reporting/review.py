"""``tieout review``: what can be decided, as a sheet for a spreadsheet, and the decisions back from it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tieout.canonical import records, sheets
from tieout.company import Company
from tieout.errors import MissingFile, UnknownName, WrongRows
from tieout.reporting.publish import publish
from tieout.settings import Settings

CHOICES = ("accepted", "rejected", "assigned", "open")
_SHOWN = ("case_id", "period", "cause", "event_id", "lines", "amount", "net_profit", "evidence", "age_days", "work",
          "owner_system", "held", "review")  # fmt: skip
_ASKED = ("decision", "assigned_to", "decided_by", "decided_on", "reason", "expires_on")
_NEW_LIST = "make a new list with `tieout review`"
# An id that looks like a number or a date may come back as another one: such ids are not compared.
_RESHAPED = re.compile(r"[\d\s.,:/+-]*(?:[eE][\d+-]+)?")


def sheet(company: Company, period: str | None = None, cause: str | None = None) -> str:
    """The cases of a period and cause (default: all) that are not booked, with empty columns for decisions, as csv.

    Raises ``UnknownName`` for a period or cause that the run does not have.
    """
    if cause is not None and cause not in set(company.causes()["cause"]):
        raise UnknownName("cause", cause, company.causes()["cause"])
    cases = company.arrow("review_list", period, period).to_pylist()
    rows = [
        [*(case[column] for column in _SHOWN), _last_decision(case), *("" for _ in _ASKED)]
        for case in cases if cause in (None, case["cause"])
    ]  # fmt: skip
    return records.as_csv([*_SHOWN, "last_decision", *_ASKED], rows)


def write(content: str, output: Path | None) -> None:
    """The sheet to standard output, or to a file, with the mark by which Excel knows its encoding."""
    if output is None:
        sys.stdout.write(content)
    else:
        publish(output, "\N{ZERO WIDTH NO-BREAK SPACE}" + content)


def _last_decision(case: Mapping[str, Any]) -> str:
    if case["decision"] is None:
        return ""
    to = f" to {case['assigned_to']}" if case["assigned_to"] else ""
    until = f", until {case['expires_on']}" if case["expires_on"] else ""
    about = f" about {case['reviewed_amount']}" if case["reviewed_amount"] is not None else ""
    why = f": {case['reason']}" if case["reason"] else ""
    return f"{case['decision']}{to}{about} by {case['decided_by']} on {case['decided_on']}{until}{why}"


def take_over(company: Company, settings: Settings, path: Path) -> tuple[int, int]:
    """Add the decisions of a filled-in sheet to ``review/decisions.csv``; gives how many are new, and how many not.

    Raises ``WrongRows``, which names every row that cannot be taken as it stands; then none is.
    """
    if not path.is_file():
        raise MissingFile(path, "Name the list that `tieout review --output FILE` wrote.")
    now = records.now()
    decisions = _decisions(company, path, now, now.astimezone(ZoneInfo(settings.company.timezone)).date())
    known = {row["case_id"]: row for row in records.DECISIONS.rows(settings.root)}
    new = [row for row in decisions if not _is_known(row, known.get(row["case_id"]))]
    if new:
        records.DECISIONS.append(settings.root, new)
    return len(new), len(decisions) - len(new)


def _decisions(company: Company, path: Path, now: datetime, today: date) -> list[dict[str, Any]]:
    """What the rows of the sheet that say anything decide; raises ``WrongRows``."""
    cases = {case["case_id"]: case for case in company.arrow("review_list").to_pylist()}
    problems: list[str] = []
    decisions: dict[str, dict[str, Any]] = {}
    for row in sheets.read(path, "review", ["case_id", *_ASKED]):
        if not any(row.cells[column] for column in ("decision", "assigned_to", "reason", "expires_on")):
            continue
        case = cases.get(row.cells["case_id"].upper())
        wrong = [*_misplaced(row.cells, case), *_unclear(row.cells), *_misdated(row.cells, today)]
        if case and case["case_id"] in decisions:
            wrong.append(("case_id", "stands in the file twice; decide it once"))
        problems += [f'row {row.number}, column {column}: "{row.cells[column]}" {what}' for column, what in wrong]
        if case and not wrong:
            decisions[case["case_id"]] = _decision(row.cells, case, today, now)
    if problems:
        raise WrongRows(path, problems)
    return list(decisions.values())


def _misplaced(cells: Mapping[str, str], case: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    """Whether the row still is that of its case: columns that were sorted apart would decide about other cases."""
    if case is None:
        yield "case_id", f"is no case of the published run: it is booked, or its lines have changed; {_NEW_LIST}"
        return
    for column in ("cause", "event_id"):
        wanted = case[column].strip()
        if column in cells and cells[column] != wanted and not _RESHAPED.fullmatch(wanted):
            yield (
                column,
                f'is not that of {case["case_id"]}, which has "{wanted}"; were columns sorted apart? {_NEW_LIST}',
            )


def _unclear(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What a decision lacks, or has too much."""
    choice = cells["decision"].lower()
    if choice not in CHOICES:
        yield "decision", f"is no decision; write one of {', '.join(CHOICES)}"
    if not cells["decided_by"]:
        yield "decided_by", "does not say who decided; write a name"
    if choice in ("accepted", "rejected") and not cells["reason"]:
        yield "reason", f"does not say why it is {choice}; write it"
    if choice == "assigned" and not cells["assigned_to"]:
        yield "assigned_to", "does not say to whom; write a person or team"
    if choice in CHOICES and choice != "assigned" and cells["assigned_to"]:
        yield "assigned_to", f"does not go with {choice}; write assigned, or leave it empty"


def _misdated(cells: Mapping[str, str], today: date) -> Iterator[tuple[str, str]]:
    for column, latest in (("decided_on", today), ("expires_on", date.max)):
        try:
            if (_date(cells[column]) or date.min) > latest:
                yield column, f"is after today, {today}; write the day of the decision, or leave it empty"
        except ValueError as error:
            yield column, str(error).removeprefix(f'"{cells[column]}" ')


def _date(cell: str) -> date | None:
    return sheets.as_date(cell) if cell else None


def _decision(cells: Mapping[str, str], case: Mapping[str, Any], today: date, now: datetime) -> dict[str, Any]:
    return {
        **{column: case[column] for column in ("case_id", "cause", "event_id", "amount")},
        **{column: cells[column] or None for column in ("assigned_to", "decided_by", "reason")},
        "decision": cells["decision"].lower(),
        "decided_on": _date(cells["decided_on"]) or today,
        "expires_on": _date(cells["expires_on"]),
        "entered_at": now,
    }


def _is_known(row: Mapping[str, Any], last: Mapping[str, Any] | None) -> bool:
    """Whether the case's last decision says the same already."""
    columns = ("decision", "assigned_to", "decided_by", "reason", "expires_on")
    return last is not None and all(row[column] == last[column] for column in columns)
