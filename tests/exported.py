"""Exports of other systems for tests: their companies, and what must not come in with them."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import openpyxl
from openpyxl.cell import MergedCell

from tieout import pipeline, settings
from tieout.canonical.loader import Loader
from tieout.canonical.tables import TABLES
from tieout.sources import Exports, find
from tieout.sources.format import normalised
from tieout.sources.formats import known
from tieout.sources.recognise import Recognised, recognise
from tieout.sources.sheets import rows
from tieout.store import Reader

EXPORTS = Path(__file__).parent / "sources" / "exports"
# Real exports, which the project may not hold: tests that read them say so where they are not at hand.
SAMPLES = Path(os.environ.get("TIEOUT_SAMPLES", Path(__file__).parents[2] / "shared" / "samples"))
PRIVATE = "Jane-Q-Private"


@dataclass(frozen=True)
class Loaded:
    """A loaded company and what it printed on the way."""

    folder: Path
    reader: Reader

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query; ``source_file`` of an export is ``exports/<format>/<file>``."""
        return self.reader.connection.execute(query).fetchall()


def write_config(folder: Path, sources: str) -> Path:
    """A company in New York that counts in dollars, with these ``[[source]]`` entries."""
    company = '[company]\nname = "Planted"\ncurrency = "USD"\ntimezone = "America/New_York"\n'
    config = folder / "tieout.toml"
    config.write_text(company + sources, encoding="utf-8")
    return config


def load(config: Path) -> Loaded:
    loaded = settings.load(config)
    pipeline.load(loaded, config.parent / "tieout.duckdb", lambda step: None)
    return Loaded(config.parent, Reader(config.parent / "tieout.duckdb"))


def canonical(config: Path) -> duckdb.DuckDBPyConnection:
    """The canonical tables, findings and counts of a company in memory, without a database on the disk."""
    loaded, connection = settings.load(config), duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    found, loader = find(loaded), Loader(connection, loaded.company)
    exports = Exports(loader, loaded, found.exports)
    exports.read()
    for name, table in TABLES.items():
        inputs = [*(file for file in found.canonical if file.table == name), *exports.inputs(name)]
        if inputs:
            loader.load(table, inputs)
    exports.settle()
    return connection


def write_planted(exports: Path, folder: Path, is_thorough: bool = False) -> Path:
    """All exports of ``tests/sources/exports``, planted as in ``plant``; in ``folder`` what loads them."""
    sources = []
    for name in known():
        (exports / name).mkdir(parents=True)
        keys = EXPORTS / name / "source.toml"
        extra = keys.read_text(encoding="utf-8") if keys.exists() else ""
        place = os.path.relpath(exports / name, folder)
        sources.append(f'[[source]]\nformat = "auto"\npath = "{place}/"\n{extra}')
        for path in sorted((EXPORTS / name).iterdir()):
            if path != keys:
                plant(path, exports / name / path.name, name, is_thorough)
    return write_config(folder, "\n".join(sources))


def plant(path: Path, target: Path, name: str, is_thorough: bool = False) -> None:
    """Copy an export with something private in every filled cell that its format does not take.

    If ``is_thorough``, in every blank one too, in every column that the format knows and drops, in the json of a cell,
    and in rows that cannot be loaded.
    """
    matches = recognise(path, [known()[name]])
    planted = [(match.sheet, list(_thorough(match) if is_thorough else _planted(match))) for match in matches]
    if matches[0].sheet.kind == "workbook":
        book = openpyxl.load_workbook(path)  # with its styles: some formats tell levels by them
        for sheet, planted_rows in planted:
            for number, row in enumerate(planted_rows, start=1):
                for place, cell in enumerate(row, start=1):
                    target_cell = book[sheet.title].cell(number, place)
                    is_header = number == matches[0].header_row
                    if (is_header or cell.startswith((PRIVATE, "?"))) and not isinstance(target_cell, MergedCell):
                        target_cell.value = cell
        book.save(target)
        return
    sheet, cells = planted[0]
    if sheet.kind == "json":
        names, *records = cells
        content = [{name: cell for name, cell in zip(names, row, strict=True) if cell} for row in records]
        target.write_text(json.dumps(content), encoding="utf-8")
        return
    with target.open("w", encoding=sheet.encoding, newline="") as text:
        csv.writer(text, delimiter=sheet.delimiter, lineterminator="\n").writerows(cells)


def _taken(match: Recognised) -> set[int]:
    return set(match.places.values()) | set(match.format.rest(match.header))


def _planted(match: Recognised) -> Iterator[list[str]]:
    taken = _taken(match)
    for number, row in enumerate(rows(match.sheet), start=1):
        if number <= match.header_row:
            yield row
        else:
            yield [cell if place in taken or not cell else f"{PRIVATE} {place}" for place, cell in enumerate(row)]


def _thorough(match: Recognised) -> Iterator[list[str]]:
    """The same, wider: with all columns that the format drops, and rows that are too long, too short or nonsense."""
    taken, known_format = _taken(match), match.format
    present = set(map(normalised, match.header))
    added = sorted(known_format.drops - present)
    width = len(match.header) + len(added)
    nested = {match.places[column] for column in known_format.shapes if column in match.places}
    for number, row in enumerate(rows(match.sheet), start=1):
        if number == match.header_row:
            yield [*row, *added]
        elif number < match.header_row or len(row) < len(match.header):
            yield row
        else:
            cells = [*row, *[""] * (width - len(row))]
            yield [
                (_with_private_fields(cell) if place in nested else cell) if place in taken else f"{PRIVATE} {place}"
                for place, cell in enumerate(cells)
            ]
    yield ["?" if place in taken else PRIVATE for place in range(width)]
    if match.sheet.kind == "text":
        yield [PRIVATE] * (width + 1)
    if match.sheet.kind == "text" and not known_format.is_ragged:
        yield [PRIVATE]


def _with_private_fields(cell: str) -> str:
    """A json text with something private in each of its objects."""

    def planted(value: object) -> object:
        if isinstance(value, dict):
            return {name: planted(part) for name, part in value.items()} | {"private_note": PRIVATE}
        return [planted(part) for part in value] if isinstance(value, list) else value

    return json.dumps(planted(json.loads(cell))) if cell else cell
