"""Which canonical table a file of no known format is most like, and a mapping of its columns to start from.

What a column means is told by its name (``vocabulary``) and held against its cells: a quantity that is no number is
none. A table fits by how much of what the file says it takes, where what few tables take weighs more, and by how much
of what it must have the file says.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from tieout.canonical.tables import TABLES
from tieout.sources import sheets
from tieout.sources.format import normalised
from tieout.sources.recipes import DATES, NUMBERS, RECIPES
from tieout.sources.vocabulary import meaning

ENOUGH = 0.5  # what fits less is hardly that table
_ROWS = 20_000  # are looked at
_UNKNOWN = 0.1  # weighs a column whose name says nothing
_NAMED = Counter(normalised(column.name) for table in RECIPES for column in TABLES[table].columns)
_USES = Counter(name for recipe in RECIPES.values() for name in recipe.meanings)
_NUMBER = re.compile(r"[-+(−]?\W{0,3}[A-Z]{0,3}\W{0,2}\d[\d.,'’\s]*[-)%]?\W{0,2}[A-Z€]{0,3}")
_DATE = re.compile(
    r"\d{1,4}[./ -](\d{1,2}|[A-Za-z]{3,9})[./ -]\d{1,4}(\D.*)?|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}.*"
    r"|20\d\d(0[1-9]|1[0-2])[0-3]\d|[34]\d{4}(\.\d+)?"
)


@dataclass(frozen=True)
class Evidence:
    """What a file says: the row of its header, each meaning and the column that has it, and the cells of each column.

    ``repeated``: names that several columns have; a mapping cannot tell them apart.
    """

    path: Path
    header_row: int
    header: tuple[str, ...]
    repeated: tuple[str, ...]
    rows: tuple[dict[str, str], ...]

    @cached_property
    def columns(self) -> dict[str, str]:
        """Each meaning that the names and the cells bear out, and the first column that has it."""
        found: dict[str, str] = {}
        for name in self.header:
            means = meaning(name)
            if means and means not in found and self._bears_out(name, means):
                found[means] = name
        return found

    @cached_property
    def fits(self) -> tuple[Fit, ...]:
        """All tables that have anything of the file, the best first."""
        meanings = {name: means for means, name in self.columns.items()}
        weights = {name: _weight(name, meanings.get(name)) for name in self.header}
        found = []
        for table, recipe in RECIPES.items():
            fills = filled(self, table)
            must = recipe.must.split()
            lacks = tuple(column for column in must if column not in fills)
            taken = {*fills.values(), *(name for name, means in meanings.items() if means in recipe.meanings)}
            share = sum(weights[name] for name in taken) / (sum(weights.values()) or 1)
            share *= (1 - len(lacks) / len(must)) ** 2
            telling = sorted({*fills.values()}, key=lambda name: (-weights[name], self.header.index(name)))
            found.append(Fit(table, share, tuple(telling), lacks))
        return tuple(sorted((fit for fit in found if fit.telling), key=lambda fit: -fit.share))

    def cells(self, name: str) -> list[str]:
        """The filled cells of a column."""
        return [row[name] for row in self.rows if row.get(name)]

    def _bears_out(self, name: str, means: str) -> bool:
        pattern = _NUMBER if means in NUMBERS else _DATE if means in DATES else None
        cells = self.cells(name)[:500]
        return pattern is None or not cells or sum(map(bool, map(pattern.fullmatch, cells))) * 2 >= len(cells)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a table fits a file, 0 to 1; ``telling``: the columns that tell it, ``lacks``: what it must have."""

    table: str
    share: float
    telling: tuple[str, ...]
    lacks: tuple[str, ...]


def evidence(path: Path) -> Evidence:
    """Look at a file, of whatever kind; raises ``UnreadableFile`` for what is no table."""
    found = sheets.look(path)
    candidates = [
        (sum(meaning(cell) is not None for cell in row), sum(map(bool, map(str.strip, row))), -number, place)
        for place, sheet in enumerate(found)
        for number, row in enumerate(sheet.rows, start=1)
    ]
    *_, above, place = max(candidates)
    sheet, number = found[place], -above
    cells = [cell.strip() for cell in sheet.rows[number - 1]]
    named = Counter(map(normalised, cells))
    header = tuple(cell for cell in cells if normalised(cell) and named[normalised(cell)] == 1)
    repeated = tuple(dict.fromkeys(cell for cell in cells if normalised(cell) and named[normalised(cell)] > 1))
    rows = [] if sheet.kind == "parquet" else islice(sheets.rows(sheet), number, number + _ROWS)
    taken = [(place, cell) for place, cell in enumerate(cells) if cell in header]
    kept = tuple({name: row[place].strip() for place, name in taken if place < len(row)} for row in rows)
    return Evidence(path, number, header, repeated, kept)


def filled(file: Evidence, table: str) -> dict[str, str]:
    """For each canonical column the column of the file that fills it: one of its own name, else one of its meaning."""
    by_name = {normalised(name): name for name in file.header}
    found = {}
    for column in TABLES[table].columns:
        meanings = RECIPES[table].columns.get(column.name, ())
        name = by_name.get(normalised(column.name)) or next(
            (file.columns[means] for means in meanings if means in file.columns), None
        )
        if name:
            found[column.name] = name
    return found


def _weight(name: str, means: str | None) -> float:
    """What few tables have weighs more."""
    uses = _USES[means] if means else _NAMED[normalised(name)]
    repeats = meaning(name) is not None and means is None  # another column has its meaning, or its cells belie it
    return 1 / uses if uses else 0 if repeats else 1 if means else _UNKNOWN
