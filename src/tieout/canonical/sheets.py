"""Tables that people fill in: read as a spreadsheet leaves them, written so that a spreadsheet lets them be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from tieout.canonical.files import SourceFile, quoted
from tieout.errors import MissingColumns, UnreadableFile

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_CLOCK = r"(?:[T ][\d:.]+Z?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_CLOCK}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}){_CLOCK}")
_EITHER = re.compile(rf"(\d{{1,2}})[/-](\d{{1,2}})[/-](\d{{4}}){_CLOCK}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: its number there, and its trimmed cells by column, empty where nothing stands."""

    number: int
    cells: dict[str, str]


def read(path: Path, name: str, required: Iterable[str]) -> list[Row]:
    """The rows of a csv, whatever its delimiter, line ends, byte order mark, further columns and their order.

    Raises ``UnreadableFile``, or ``MissingColumns`` for the sheet called ``name``.
    """
    with duckdb.connect() as connection:
        raw = SourceFile("", path.name, path, name).read(connection)
        missing = [column for column in required if column not in raw.columns]
        if missing:
            raise MissingColumns(path, name, missing, raw.columns)
        broken = connection.execute("select source_row, reason from raw_rejects order by all").fetchall()
        if broken:
            number, reason = broken[0]
            raise UnreadableFile(path, f"row {number} does not fit the header ({reason})", "Mend or remove that row.")
        columns = ", ".join(map(quoted, raw.columns))
        records = connection.execute(f"select source_row, {columns} from raw_rows order by source_row").fetchall()
    return [
        Row(number, {column: unguarded((cell or "").strip()) for column, cell in zip(raw.columns, cells, strict=True)})
        for number, *cells in records
    ]


def guarded(text: str) -> str:
    """Text that a spreadsheet takes for text: an apostrophe stands before what it would run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def as_date(text: str) -> date:
    """A date in any form that has one reading; raises ``ValueError``, which says what to write instead."""
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(text, match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _date(text, match[3], match[2], match[1])
    if match := _EITHER.fullmatch(text):
        first, second, year = match.groups()
        if int(first) > 12 or first == second:
            return _date(text, year, second, first)
        month_first = _date(text, year, first, second)
        if int(second) > 12:
            return month_first
        raise ValueError(
            f'"{text}" could be two dates; write it as {month_first} or as {_date(text, year, second, first)}'
        )
    raise ValueError(f'"{text}" is no date; write it as 2026-12-31')


def _date(text: str, year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f'"{text}" is no day of the calendar; write it as 2026-12-31') from None
