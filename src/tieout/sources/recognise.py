"""Which format a file has, by the headers in its first rows, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from tieout.errors import UnknownFormat, UnreadableFile
from tieout.sources.format import TOOLS, Format, normalised
from tieout.sources.formats import any_header, known
from tieout.sources.sheets import FIRST_ROWS, Sheet, look

_LONGEST_HEADER = 100
ENOUGH = 0.5  # of the headers must be known before a file is taken without being named


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet whose row ``header_row`` (from 1) names the columns of a format.

    ``sureness``: the share of its headers that the format knows, 0 to 1. ``places``: where each taken column stands.
    """

    format: Format
    sheet: Sheet
    header_row: int
    sureness: float
    places: dict[str, int]

    @property
    def header(self) -> list[str]:
        """The header row as it came."""
        return self.sheet.rows[self.header_row - 1]

    @property
    def unknown(self) -> list[str]:
        """Columns that this format did not have when we learnt it."""
        return self.format.unknown(self.header)

    @property
    def preamble(self) -> str | None:
        """What the format looks for above its header."""
        above = "\n".join("\t".join(row) for row in self.sheet.rows[: self.header_row - 1])
        found = re.search(self.format.preamble, above) if self.format.preamble else None
        return "\t".join(part or "" for part in found.groups()) if found else None

    @property
    def missing(self) -> list[str]:
        """Columns that the format may have and this file has not; not those that only some tools land."""
        expected = self.places.keys() | self.format.shapes.keys() | self.format.within.keys()
        return [
            column.name for column in self.format.takes
            if column.name not in expected and not any(header.startswith(TOOLS) for header in column.headers)
        ]  # fmt: skip


def recognise(path: Path, formats: Collection[Format]) -> list[Recognised]:
    """The sheets of a file that have one of ``formats``, the best for each; raises ``UnreadableFile`` for what is no
    table and ``UnknownFormat`` for a table of none of them.
    """  # noqa: D205
    sheets = look(path)
    found = []
    for title in dict.fromkeys(sheet.title for sheet in sheets):
        candidates = [match for sheet in sheets if sheet.title == title for match in _matches(sheet, formats)]
        candidates.sort(key=lambda match: (-match.sureness, -len(match.places), match.header_row))
        if candidates:
            _refuse_doubt(path, candidates)
            found.append(candidates[0])
    if not found:
        only = next(iter(formats)).title if len(formats) == 1 else ""
        raise UnknownFormat(path, _nearest(sheets, formats), FIRST_ROWS, only)
    return found


def _matches(sheet: Sheet, formats: Collection[Format]) -> Iterator[Recognised]:
    """Every row that has all columns which a format cannot do without."""
    for number, cells in enumerate(sheet.rows, start=1):
        headers = {header for header in map(normalised, cells) if header}
        if len(headers) < 2:
            continue
        for candidate in formats:
            places = candidate.places(cells)
            if all(column.name in places for column in candidate.required):
                unknown = len(candidate.rest(cells)) + len(set(map(normalised, candidate.unknown(cells))))
                yield Recognised(candidate, sheet, number, (len(headers) - unknown) / len(headers), places)


def _refuse_doubt(path: Path, candidates: list[Recognised]) -> None:
    """Two formats that fit equally, or two tables one under the other, are for the user to part."""
    best = candidates[0]
    for other in candidates[1:]:
        if other.format is best.format:
            continue
        if other.sheet is best.sheet and other.header_row != best.header_row:
            first, second = sorted((best, other), key=lambda match: match.header_row)
            raise two_tables(first, second.format, second.header_row)
        if (other.sureness, len(other.places)) == (best.sureness, len(best.places)):
            both = f"{best.format.name} or {other.format.name}"
            raise UnreadableFile(path, f"could be {both}", "Name the format in its [[source]].")


def refuse_second_table(match: Recognised, row: int, cells: list[str]) -> None:
    """Raise ``UnreadableFile`` if a row below the header begins another table, of this format or another."""
    first = next((cell for cell in cells if cell.strip()), "")
    if len(first) > _LONGEST_HEADER or normalised(first) not in any_header():
        return
    headers = list(map(normalised, cells))
    if headers[: len(match.header)] == list(map(normalised, match.header)):
        return
    for other in known().values():
        places = other.places(cells)
        if all(column.name in places for column in other.required):
            raise two_tables(match, other, row)


def two_tables(first: Recognised, second: Format, row: int) -> UnreadableFile:
    """What is said of a file in which another table begins in ``row``."""
    problem = f"holds two tables: {first.format.title} from row {first.header_row} and {second.title} from row {row}"
    return UnreadableFile(first.sheet.path, problem, "Put each into a file of its own.")


def _nearest(sheets: list[Sheet], formats: Collection[Format]) -> str:
    """What came closest, for the message: the row, and the columns that it lacks."""
    is_named = len(formats) == 1
    best, words = -1.0 if is_named else 0.5, ""
    for sheet in sheets:
        for number, cells in enumerate(sheet.rows, start=1):
            for candidate in formats:
                lacking = [column.name for column in candidate.required if column.name not in candidate.places(cells)]
                share = 1 - len(lacking) / len(candidate.required)
                if share > best:
                    best, lacked = share, f"but {', '.join(lacking)} is missing"
                    words = (
                        f"row {number} comes nearest, {lacked}" if is_named
                        else f"{candidate.title} comes nearest (row {number}), {lacked}"
                    )  # fmt: skip
    return words
