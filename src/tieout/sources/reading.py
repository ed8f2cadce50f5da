"""A recognised sheet into the table of its format: the taken columns as text, with file and row; nothing else enters.

Blank cells become NULL, blanks around a cell go, rows without any taken cell are no rows. Records that do not fit their
header go to ``export_broken`` with the reason, without their text: it may be private.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import duckdb
import pyarrow as pa

from tieout.canonical.files import Layout, Target, glob_safe, literal, quoted, read_text, sha256
from tieout.errors import UnreadableFile
from tieout.settings import SourceSettings
from tieout.sources.format import Format, normalised
from tieout.sources.recognise import Recognised, refuse_second_table, two_tables
from tieout.sources.sheets import bad_quote, rows, styles

_BATCH = 50_000
_BLANKS = "9, 10, 13, 32, 160"
_REMEDY = "Export it again."
NO_JSON = '"no json"'  # in place of what should be json and is none: what it was may be private
_FAULTS = {"LINE SIZE OVER MAXIMUM": "is longer than 2 MB: a cell holds very much, or a quote never closes"}


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file (or sheet) of a source and what it was recognised as; ``name`` is how the configuration reaches it."""

    settings: SourceSettings
    name: str
    match: Recognised

    @property
    def format(self) -> Format:
        """Its format."""
        return self.match.format

    def fingerprint(self, connection: duckdb.DuckDBPyConnection) -> str:
        """The SHA-256 of its content, which ``connection`` has loaded."""
        return sha256(self.match.sheet.path)


class Taken(Protocol):
    """A table that was recognised, wherever it lies."""

    @property
    def settings(self) -> SourceSettings:
        """Of its source."""

    @property
    def name(self) -> str:
        """How the configuration reaches it."""

    @property
    def match(self) -> Recognised:
        """What it was recognised as."""

    @property
    def format(self) -> Format:
        """Its format."""


def tables_of(file: Taken) -> list[str]:
    """The canonical tables that it fills, of those that its source asks for."""
    return [name for name in file.format.fills if file.settings.tables is None or name in file.settings.tables]


def create_tables(connection: duckdb.DuckDBPyConnection, known: Format) -> None:
    """The empty table of a format, named for it."""
    columns = [f"{quoted(column.name)} varchar" for column in known.takes]
    columns += ["file_preamble varchar"] * (known.preamble is not None) + ["file_style varchar"] * known.is_styled
    columns += ["file_rest map(varchar, varchar)"] * known.spreads
    connection.execute(
        f"create or replace temp table {known.name} ({', '.join(columns)}, file_zone varchar, file_dates varchar,"
        " file_account varchar, source_file varchar, source_row bigint, is_data boolean)"
    )


def read(connection: duckdb.DuckDBPyConnection, file: ExportFile) -> None:
    """Append the rows of ``file`` to the table of its format; raises ``UnreadableFile`` for one that breaks off."""
    sheet = file.match.sheet
    try:
        if sheet.kind == "parquet":
            _read_parquet(connection, file)
            append(connection, file)
        elif sheet.encoding == "utf-8-sig" and not _has_line_breaks(file.match):
            _read_text(connection, file)
        else:
            _read_rows(connection, file)
            append(connection, file)
            _add_styles(connection, file)
    except (duckdb.Error, UnicodeError) as error:
        problem = f"cannot be read ({str(error).splitlines()[0]})"
        raise UnreadableFile(sheet.path, problem, _REMEDY) from error


def _read_text(connection: duckdb.DuckDBPyConnection, file: ExportFile) -> None:
    """By DuckDB's own reader; records of another length are looked at one by one."""
    match, taken = file.match, taken_columns(file.match)
    names = tuple(taken.get(place, f"dropped {place}") for place in range(len(match.header)))
    layout = Layout(names, match.sheet.delimiter, match.sheet.quote, match.header_row)
    mine = f"source_file = {literal(file.name)}"
    read_text(connection, match.sheet.path, layout, Target(file.format.name, *_insertion(file, "<records>"), mine))
    broken = connection.execute("select source_row, content, fault from raw_rejects order by source_row").fetchall()
    connection.execute("drop table raw_rejects")  # whole records: nothing of them may stay
    records, faults = [], []
    for row, content, fault in broken:
        if fault == "UNQUOTED VALUE":
            raise bad_quote(match.sheet.path, row)
        cells = _cells(content, match) if fault in ("MISSING COLUMNS", "TOO MANY COLUMNS") else None
        refuse_second_table(match, row, cells or [])
        reason = _misfit(cells, file) if cells is not None else _FAULTS.get(fault, f"cannot be read ({fault.lower()})")
        if reason is None and cells is not None:
            records.append((row, cells))
        else:
            faults.append((row, reason))
    ((last,),) = connection.execute(
        f"select coalesce(max(source_row), 0) from {file.format.name} where source_file = ?", [file.name]
    ).fetchall()
    short = max((row for row, _, fault in broken if fault == "MISSING COLUMNS"), default=0)
    if short > last:
        _refuse_torn_end(file, short)
    if records:
        _create_raw(connection, file)
        _insert(connection, file, records)
        append(connection, file)
    _note_broken(connection, file, faults)
    _refuse_moved_header(connection, file)


def _refuse_moved_header(connection: duckdb.DuckDBPyConnection, file: ExportFile) -> None:
    """Raise ``UnreadableFile`` if a row names the columns again, as many, in another order."""
    headers = ", ".join(literal(header.strip().lower()) for header in file.match.header)
    names = [quoted(column.name) for column in file.format.required]
    are_headers = " and ".join(f"coalesce(lower({name}) in ({headers}), true)" for name in names)
    filled = " + ".join(f"({name} is not null)::tinyint" for name in names)
    found = connection.execute(
        f"select min(source_row) from {file.format.name} where source_file = ? and {are_headers} and {filled} > 1",
        [file.name],
    ).fetchall()
    if found != [(None,)]:
        raise two_tables(file.match, file.format, found[0][0])


def _read_parquet(connection: duckdb.DuckDBPyConnection, file: ExportFile) -> None:
    """Its columns as text; what is nested as json."""
    path = glob_safe(file.match.sheet.path)
    described = connection.execute("describe select * from read_parquet(?)", [path]).fetchall()
    nested = {name for name, kind, *_ in described if kind.startswith(("STRUCT", "MAP")) or kind.endswith("[]")}
    columns = []
    for place, name in taken_columns(file.match).items():
        header = file.match.header[place]
        value = f"to_json({quoted(header)})" if header in nested else quoted(header)
        columns.append(f"{value}::varchar as {quoted(name)}")
    connection.execute(
        f"""
        create or replace temp table raw_rows as
        select file_row_number + 1 as source_row, {", ".join(columns)} from read_parquet(?, file_row_number = true)
        """,
        [path],
    )


def _has_line_breaks(match: Recognised) -> bool:
    """Whether a cell down to the header holds one: DuckDB may then take it for the end of all lines."""
    return any("\n" in cell or "\r" in cell for row in match.sheet.rows[: match.header_row] for cell in row)


def _cells(content: str, match: Recognised) -> list[str]:
    sheet = match.sheet
    return next(csv.reader([content.strip("\r\n")], delimiter=sheet.delimiter, quotechar=sheet.quote or None), [])


def _misfit(cells: list[str], file: ExportFile) -> str | None:
    """Why a record of another length than the header cannot be taken; None where it can.

    Blank cells too many are nothing where all of the first records have them; in some alone they say that a comma
    within a cell has moved the rest.
    """
    width = len(file.match.header)
    if len(cells) <= width:
        fits = len(cells) == width or file.format.is_ragged
    elif any(cell.strip() for cell in cells[width:]):
        fits = False
    else:
        fits = all(len(row) > width for row in file.match.sheet.rows[file.match.header_row :] if any(row))
    if fits or not any(cell.strip() for cell in cells):
        return None
    return f"has {len(cells)} cells where the header has {width}"


def _refuse_torn_end(file: ExportFile, row: int) -> None:
    """A file whose last record is short and has no line end broke off while it was written."""
    path = file.match.sheet.path
    with path.open("rb") as content:
        content.seek(-2, 2)
        is_ended = content.read().strip(b"\0")[-1:] in b"\r\n"  # a letter of UTF-16 has two bytes
    if not is_ended and not file.format.is_ragged:
        raise UnreadableFile(path, f"breaks off in row {row}: it was not written to its end", _REMEDY)


def _read_rows(connection: duckdb.DuckDBPyConnection, file: ExportFile) -> None:
    """Workbooks, json, and texts in other encodings than UTF-8, row by row."""
    _create_raw(connection, file)
    faults: list[tuple[int, str | None]] = []
    short = 0  # the row of the last record, if it is shorter than the header
    numbered = enumerate(rows(file.match.sheet), start=1)
    below = islice(numbered, file.match.header_row, None)
    while batch := list(islice(below, _BATCH)):
        fitting = []
        for row, cells in batch:
            refuse_second_table(file.match, row, cells)
            reason = _misfit(cells, file) if file.match.sheet.kind == "text" else None
            short = row if reason is not None and len(cells) < len(file.match.header) else 0
            if reason is None:
                fitting.append((row, cells))
            else:
                faults.append((row, reason))
        _insert(connection, file, fitting)
    if short:
        _refuse_torn_end(file, short)
    _note_broken(connection, file, faults)


def _add_styles(connection: duckdb.DuckDBPyConnection, file: ExportFile) -> None:
    """How the rows of a workbook are set, for formats that tell their levels by it."""
    if file.format.is_styled and file.match.sheet.kind == "workbook":
        found = pa.table({"style": pa.array(styles(file.match.sheet), pa.string())})
        connection.register("found_styles", found)
        connection.execute(
            f"""
            update {file.format.name} set file_style = styles.style
            from (select row_number() over () as row, style from found_styles) as styles
            where source_row = styles.row and source_file = ?
            """,
            [file.name],
        )
        connection.unregister("found_styles")


def _create_raw(connection: duckdb.DuckDBPyConnection, file: ExportFile) -> None:
    columns = ", ".join(f"{quoted(name)} varchar" for name in taken_columns(file.match).values())
    connection.execute(f"create or replace temp table raw_rows (source_row bigint, {columns})")


def _insert(connection: duckdb.DuckDBPyConnection, file: ExportFile, records: list[tuple[int, list[str]]]) -> None:
    if not records:
        return
    taken = taken_columns(file.match)
    table = pa.table(
        {"source_row": pa.array([row for row, _ in records], pa.int64())}
        | {
            name: pa.array([cells[place] if place < len(cells) else None for _, cells in records], pa.string())
            for place, name in taken.items()
        }
    )
    connection.register("more_rows", table)
    connection.execute("insert into raw_rows by name from more_rows")
    connection.unregister("more_rows")


def _note_broken(connection: duckdb.DuckDBPyConnection, file: ExportFile, faults: list[tuple[int, str | None]]) -> None:
    if faults:
        table = pa.table({"row": [row for row, _ in faults], "reason": [reason for _, reason in faults]})
        connection.register("faults", table)
        connection.execute("insert into export_broken select ?, row, reason from faults", [file.name])
        connection.unregister("faults")


def append(connection: duckdb.DuckDBPyConnection, file: Taken) -> None:
    """From ``raw_rows`` into the table of the format."""
    connection.execute(*_insertion(file, "raw_rows"))
    connection.execute("drop table raw_rows")


def _insertion(file: Taken, origin: str) -> tuple[str, dict[str, str | None]]:
    """The statement that cleans rows into the table of the format, and its values; it leaves repeated headers and blank
    rows behind.
    """  # noqa: D205
    known, match = file.format, file.match
    cleaned = ", ".join(f"{_cleaned(name, known)} as {quoted(name)}" for name in taken_columns(match).values())
    rest = known.rest(match.header)
    headers = ", ".join(literal(header) for header in rest.values())
    names = ", ".join(quoted(_rest_name(place)) for place in rest)
    taken = f"* exclude ({names}), map([{headers}], [{names}]) as file_rest" if rest else "*"
    repeated = " and ".join(
        f"lower({quoted(name)}) is not distinct from nullif({literal(match.header[place].strip().lower())}, '')"
        for place, name in taken_columns(match).items()
    )
    filled = " or ".join(f"{quoted(name)} is not null" for name in match.places)
    values = {"file": file.name, "zone": file.settings.timezone or known.zone}
    if known.preamble is not None:
        taken, values["preamble"] = f"{taken}, $preamble as file_preamble", match.preamble
    statement = f"""
        insert into {known.name} by name
        with cleaned as (select source_row, {cleaned} from {origin})
        select {taken}, $file as source_file, $zone as file_zone, true as is_data
        from cleaned
        where ({filled}) and not ({repeated})
        """
    return statement, values


def _cleaned(name: str, known: Format) -> str:
    """A cell without blanks around it (to look is cheaper than to trim); of notes and json what is kept."""
    cell = quoted(name)
    has_edges = f"unicode({cell}) in ({_BLANKS}) or unicode({cell}[-1]) in ({_BLANKS})"
    blanks = ", ".join(literal(blank) for blank in ("", *known.blanks))
    trimmed = f"trim({cell}, ' \t\r\n\u00a0')"
    text = (
        f"case when {has_edges} then case when {trimmed} not in ({blanks}) then {trimmed} end"
        f" when {cell} not in ({blanks}) then {cell} end"
    )
    if name in known.keeps:
        text = f"nullif(regexp_extract({text}, {literal(known.keeps[name])}, 1), '')"
    if name in known.shapes:
        kept = f"to_json(from_json({text}, {literal(known.shapes[name])}))::varchar"
        text = f"case when json_valid({text}) then {kept} when {text} is not null then {literal(NO_JSON)} end"
    return text


def _rest_name(place: int) -> str:
    return f"rest {place}"


def taken_columns(match: Recognised) -> dict[int, str]:
    """What is taken of the file by its place: the format's columns, and those of a kind."""
    taken = {place: name for name, place in match.places.items()}
    taken |= {place: _rest_name(place) for place in match.format.rest(match.header)}
    return dict(sorted(taken.items()))


def repeated_headers(match: Recognised) -> Iterator[str]:
    """Taken columns that the header names twice: which of them is meant cannot be known.

    Two underscores are dlt's mark of a field within a field: its ``item__id`` is no second ``item_id``.
    """
    names = [(normalised(cell), "__" in cell) for cell in match.header]
    for place in match.places.values():
        if names[place][0] and names.count(names[place]) > 1:
            yield match.header[place].strip()
