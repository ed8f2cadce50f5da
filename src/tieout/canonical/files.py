"""A source file becomes the temporary table ``raw_rows``: its columns as they came, and the row number in the file.

Rows are numbered as a spreadsheet shows them: the header of a csv is row 1, its first record row 2; the first row of a
parquet file is row 1. Records of a csv that do not fit its header go to ``raw_rejects`` with their reason.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa
from pyarrow import parquet

from tieout.errors import UnreadableFile

_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 20
_BATCH = 50_000
_BARE_RETURN = re.compile(rb"\r(?=[^\n])")
_LINE_END = re.compile(rb"\r?\n|\r")
_EMPTY_LINE = re.compile(rb"\n\r?\n")
csv.field_size_limit(2**31 - 1)  # a cell may be as long as DuckDB takes it


@dataclass(frozen=True, slots=True)
class RawRows:
    """The table or view ``name``; ``columns``: each column (lower case) and its DuckDB type; ``path`` for messages."""

    path: Path
    columns: dict[str, str]
    name: str = "raw_rows"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source: ``name`` is how the configuration reaches it, ``table`` where its rows go."""

    source: str
    name: str
    path: Path
    table: str

    def read(self, connection: duckdb.DuckDBPyConnection) -> RawRows:
        """The rows of the file as ``raw_rows``, its broken records as ``raw_rejects``; raises ``UnreadableFile``."""
        if self.path.stat().st_size == 0:
            raise UnreadableFile(self.path, "the file is empty", "Export it again, or remove it.")
        try:
            columns = self._read(connection)
        except (duckdb.Error, UnicodeDecodeError, csv.Error) as error:
            kind = "a parquet file" if self.path.suffix == ".parquet" else "a csv file in UTF-8"
            problem = f"cannot be read as {kind} ({str(error).splitlines()[0]})"
            raise UnreadableFile(self.path, problem, "Export it again.") from error
        connection.execute(f"alter table raw_rejects add column origin varchar default {literal(self.source)}")
        for table in ("raw_rows", "raw_rejects"):
            connection.execute(f"alter table {table} add column source_file varchar default {literal(self.name)}")
        return RawRows(self.path, columns)

    def is_bare(self) -> bool:
        """Whether it has a header and nothing under it; of what cannot be read ``read`` says so."""
        if self.path.suffix == ".parquet":
            with suppress(pa.ArrowInvalid, OSError):
                return not parquet.read_metadata(self.path).num_rows
            return False
        with self.path.open("rb") as content:
            return bool(content.readline()) and not any(line.strip(b'\r\n\t ,;|"') for line in content)

    def _read(self, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
        if self.path.suffix == ".parquet":
            return _read_parquet(connection, self.path)
        names, delimiter = _header(self.path)
        target = Target("raw_rows", "create or replace temp table raw_rows as from <records>", {})
        read_text(connection, self.path, Layout(tuple(names), delimiter), target)
        return dict.fromkeys(names, "VARCHAR")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text in UTF-8 is laid out: the names of its columns, in order, and the row that names them (from 1)."""

    names: tuple[str, ...]
    delimiter: str
    quote: str = '"'
    header_row: int = 1


def _read_parquet(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    connection.execute(
        """
        create or replace temp table raw_rows as
        select file_row_number + 1 as source_row, * exclude (file_row_number)
        from read_parquet(?, file_row_number = true)
        """,
        [glob_safe(path)],
    )
    connection.execute(
        "create or replace temp table raw_rejects (source_row bigint, content varchar, reason varchar, fault varchar)"
    )
    columns = _described(connection)
    for name in columns:
        if name != name.lower():
            connection.execute(f"alter table raw_rows rename column {quoted(name)} to {quoted(name.lower())}")
    return {name.lower(): kind for name, kind in columns.items()}


@dataclass(frozen=True, slots=True)
class Target:
    """Where the records of a text go: ``statement`` puts them into those rows of ``table`` that meet ``condition``.

    ``<records>`` in it stands for the records: ``source_row`` and the columns of the layout, all as text.
    """

    table: str
    statement: str
    values: dict[str, str | None]
    condition: str = "true"


def read_text(connection: duckdb.DuckDBPyConnection, path: Path, layout: Layout, target: Target) -> None:
    """Read a text in one pass; records that do not fit the layout go to ``raw_rejects``."""
    try:
        if _has_uneven_ends(path, layout.header_row) or _has_wide_record(path, layout):
            _read_mixed(connection, path, layout, target)
        else:
            _read_even(connection, path, layout, target)
    except duckdb.InvalidInputException as error:
        if "invalid state" not in str(error):
            raise
        _read_mixed(connection, path, layout, target)


def _has_uneven_ends(path: Path, header_row: int) -> bool:
    """Whether lines may end in ways of which DuckDB loses rows in silence: in a carriage return alone where others do
    not, or those down to the header in different ways. Of any other mixture it says itself that it does not take it.
    """  # noqa: D205
    with path.open("rb") as content:
        start = content.read(_SAMPLE)
    ends = {end.group() for end in islice(_LINE_END.finditer(start), header_row + 1)}
    return len(ends) > 1 or _BARE_RETURN.search(start) is not None


def _has_wide_record(path: Path, layout: Layout) -> bool:
    """Whether a record ends in a blank cell too many, which DuckDB passes over: a comma in a cell may have moved it.

    Not where the first record does: then all do.
    """
    width, delimiter, quote = len(layout.names), layout.delimiter.encode(), layout.quote.encode()
    if not _has_blank_ends(path, delimiter):
        return False
    with path.open("rb") as content:
        record, is_first, is_quoted = bytearray(), True, False
        for line in islice(content, layout.header_row, None):
            is_quoted ^= bool(quote) and line.count(quote) % 2 == 1
            record += line
            if is_quoted and len(record) < _SAMPLE:
                continue
            if record.count(delimiter) >= width and record.rstrip(b"\r\n").endswith(delimiter):
                text = io.StringIO(record.decode("utf-8", errors="replace"), newline="")
                cells = next(csv.reader(text, delimiter=layout.delimiter, quotechar=layout.quote or None))
                if len(cells) > width:
                    return not is_first
            record.clear()
            is_first = False
    return False


def _has_blank_ends(path: Path, delimiter: bytes) -> bool:
    """Whether any line ends in a blank cell: in many files none does, and to look line by line takes longer."""
    cell = re.escape(delimiter)
    blank_end = re.compile(rb"\n(?:(?<=%b\n)|(?<=%b\r\n))" % (cell, cell))  # from the line's end: a third of the time
    with path.open("rb") as content:
        before = b""
        while block := content.read(_SAMPLE):
            if blank_end.search(before + block):
                return True
            before = block[-2:]
        return before.endswith(delimiter)


def _read_mixed(connection: duckdb.DuckDBPyConnection, path: Path, layout: Layout, target: Target) -> None:
    """Read a text that DuckDB does not take, or would take amiss, record by record."""
    misfits: list[tuple[int, str, str, str]] = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        schema = pa.schema([("source_row", pa.int64()), *((name, pa.string()) for name in layout.names)])
        batches = _batches(lines, layout, schema, misfits)
        connection.register("even_records", pa.RecordBatchReader.from_batches(schema, batches))
        connection.execute(target.statement.replace("<records>", "even_records"), target.values)
        connection.unregister("even_records")
    connection.execute(
        "create or replace temp table raw_rejects (source_row bigint, content varchar, reason varchar, fault varchar)"
    )
    if misfits:
        connection.executemany("insert into raw_rejects values (?, ?, ?, ?)", misfits)


def _batches(
    lines: Iterable[str], layout: Layout, schema: pa.Schema, misfits: list[tuple[int, str, str, str]]
) -> Iterator[pa.RecordBatch]:
    """The records below the header that fit the layout; those that do not go to ``misfits``, as in ``raw_rejects``."""
    reader = csv.reader(lines, delimiter=layout.delimiter, quotechar=layout.quote or None, strict=True)
    records = islice(enumerate(reader, start=1), layout.header_row, None)
    width = len(layout.names)
    while batch := list(islice(records, _BATCH)):
        fitting = [[row, *cells] for row, cells in batch if len(cells) == width]
        for row, cells in batch:
            if cells and len(cells) != width:
                written = io.StringIO()
                csv.writer(written, delimiter=layout.delimiter, quotechar=layout.quote or '"').writerow(cells)
                fault = "MISSING COLUMNS" if len(cells) < width else "TOO MANY COLUMNS"
                misfits.append((row, written.getvalue(), f"has {len(cells)} cells where the header has {width}", fault))
        columns = list(zip(*fitting, strict=True)) if fitting else [()] * len(schema)
        arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
        yield pa.record_batch(arrays, schema)


def _read_even(connection: duckdb.DuckDBPyConnection, path: Path, layout: Layout, target: Target) -> None:
    types = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in layout.names)
    connection.execute("drop table if exists csv_errors; drop table if exists csv_scans")
    records = f"""
        (
            select row_number() over () + $row as source_row, *
            from read_csv(
                $path, auto_detect = false, header = false, skip = $row, delim = $delimiter, quote = $quote,
                escape = $quote, columns = {{{types}}}, store_rejects = true, rejects_table = 'csv_errors',
                rejects_scan = 'csv_scans', rejects_limit = 0
            )
        )
        """
    connection.execute(
        target.statement.replace("<records>", records),
        {
            "path": glob_safe(path),
            "row": layout.header_row,
            "delimiter": layout.delimiter,
            "quote": layout.quote,
            **target.values,
        },
    )
    connection.execute(
        """
        create or replace temp table raw_rejects as
        select line as source_row, any_value(csv_line) as content, string_agg(distinct error_message, '; ') as reason,
            any_value(error_type::varchar) as fault
        from csv_errors
        group by line
        """
    )
    connection.execute("drop table csv_errors; drop table csv_scans")
    _make_room(connection, path, layout, target)


def _make_room(connection: duckdb.DuckDBPyConnection, path: Path, layout: Layout, target: Target) -> None:
    """Give every record its row in the file: DuckDB counts neither the records that it refuses nor blank rows."""
    connection.execute(
        "create or replace temp table passed_over as select source_row from raw_rejects union all select unnest(?)",
        [_blank_rows(path, layout)],
    )
    # The k-th that was passed over, at row r, has r - k accepted records above it, counted from the header's row.
    if connection.execute("from passed_over limit 1").fetchall():
        connection.execute(
            f"""
            with places as (
                select source_row - row_number() over (order by source_row) as records_above,
                    row_number() over (order by source_row) as passed_over
                from passed_over
            )
            update {target.table} set source_row = {target.table}.source_row + shifts.passed_over
            from (
                select records.rowid as place, passed_over
                from {target.table} as records
                asof join (select records_above, max(passed_over) as passed_over from places group by all) as places
                    on records.source_row > places.records_above
                where {target.condition}
            ) as shifts
            where {target.table}.rowid = shifts.place
            """
        )
    connection.execute("drop table passed_over")


def _blank_rows(path: Path, layout: Layout) -> list[int]:
    """The rows below the header without anything on them, which DuckDB passes over."""
    if not _has_empty_line(path):
        return []
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        records = enumerate(csv.reader(lines, delimiter=layout.delimiter, quotechar=layout.quote or None), start=1)
        return [row for row, record in records if not record and row > layout.header_row]


def _has_empty_line(path: Path) -> bool:
    before = b""  # a line's end may lie in the block before
    with path.open("rb") as content:
        while block := content.read(_SAMPLE):
            if _EMPTY_LINE.search(before + block):
                return True
            before = block[-2:]
    return False


def _header(path: Path) -> tuple[list[str], str]:
    """The column names of a csv (lower case) and its delimiter."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        first = lines.readline()
    delimiter = max(_DELIMITERS, key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    names = [name.strip().lower() or f"column_{place}" for place, name in enumerate(header, start=1)]
    if not names:
        raise UnreadableFile(path, "row 1 is blank: it must name the columns", "Remove it.")
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise UnreadableFile(path, f"row 1 names a column twice: {', '.join(repeated)}", "Rename one of them.")
    return names, delimiter


def _described(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = connection.execute("describe raw_rows").fetchall()
    return {name: kind for name, kind, *_ in rows if name != "source_row"}


def glob_safe(path: Path) -> str:
    """The path as DuckDB's readers must get it, so that ``[``, ``*`` and ``?`` in a file name mean themselves."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))


def quoted(identifier: str) -> str:
    """An identifier for SQL, safe whatever it holds."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text for SQL where a value cannot be bound, safe whatever it holds."""
    return "'" + text.replace("'", "''") + "'"


def sha256(path: Path) -> str:
    """The hash of a file, in hexadecimal digits."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
