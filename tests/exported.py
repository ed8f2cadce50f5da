"""Exports of other systems for tests: their companies, and what must not come in with them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import openpyxl

from tieout import pipeline, settings
from tieout.canonical.loader import Loader
from tieout.canonical.tables import TABLES
from tieout.sources import Exports, find
from tieout.sources.formats import known
from tieout.sources.recognise import recognise
from tieout.sources.sheets import Sheet, rows
from tieout.store import Reader

EXPORTS = Path(__file__).parent / "sources" / "exports"
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


def plant(path: Path, target: Path, name: str) -> None:
    """Copy an export with something private in every filled cell that its format does not take."""
    matches = recognise(path, [known()[name]])
    planted = [
        (
            match.sheet,
            list(
                _planted(
                    match.sheet, match.header_row, set(match.places.values()) | set(match.format.rest(match.header))
                )
            ),
        )
        for match in matches
    ]
    if matches[0].sheet.kind == "workbook":
        book = openpyxl.load_workbook(path)  # with its styles: some formats tell levels by them
        for sheet, cells in planted:
            for number, row in enumerate(cells, start=1):
                for place, cell in enumerate(row, start=1):
                    if cell.startswith(PRIVATE):
                        book[sheet.title].cell(number, place).value = cell
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


def _planted(sheet: Sheet, header_row: int, taken: set[int]) -> Iterator[list[str]]:
    for number, row in enumerate(rows(sheet), start=1):
        if number <= header_row:
            yield row
        else:
            yield [cell if place in taken or not cell else f"{PRIVATE} {place}" for place, cell in enumerate(row)]
