"""A table of a database or a lake, read through its own library like an export: the taken columns, as text.

Rows come from there in no order that would last. They are numbered, from 1, by the columns of the canonical key and
then by all others, as text: the same rows have the same numbers.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from tieout.canonical.files import quoted
from tieout.canonical.tables import Column, Table
from tieout.errors import InputError, UnreadableTable
from tieout.settings import SourceSettings
from tieout.sources.format import Format, TakenColumn, normalised
from tieout.sources.reading import append, create_tables, taken_columns
from tieout.sources.recognise import Recognised
from tieout.sources.sheets import Sheet

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
CREDENTIALS = re.compile(r"://[^/\s@]*:[^/\s]*@")
_SERVER_SAYS = re.compile(r"(?:ERROR|FATAL): +(.*)")
_ROWS_IN_A_HASH = 10_000


class Origin(Protocol):
    """Where a table lies. ``version`` tells one content from another, in words; None where only its rows do."""

    version: str | None

    def columns(self) -> list[str]:
        """The names of its columns, in order."""

    def rows(self, columns: list[str]) -> pa.RecordBatchReader:
        """These columns of all rows."""

    def close(self) -> None:
        """Let go of what ``columns`` and ``rows`` have opened."""


@dataclass(frozen=True)
class StoredTable:
    """What fills one canonical table; ``key``: the taken columns by which its rows are numbered."""

    settings: SourceSettings
    name: str
    format: Format
    key: tuple[str, ...]
    origin: Origin

    @property
    def table(self) -> str:
        """The canonical table."""
        return self.format.fills[0]

    @cached_property
    def match(self) -> Recognised:
        """The table as a sheet of nothing but a header; raises ``UnreadableTable`` where it cannot be loaded."""
        columns = self.origin.columns()
        places = self.format.places(columns)
        missing = [column.name for column in self.format.required if column.name not in places]
        if missing:
            problem = f"has no column {', '.join(missing)}, without which {self.table} cannot be loaded"
            raise UnreadableTable(self.name, f"{problem} (it has: {', '.join(columns)})", "Correct its [[source]].")
        return Recognised(self.format, Sheet(Path(self.name), "table", rows=(columns,)), 1, 1.0, places)

    def version(self) -> str | None:
        """The fingerprint, if it can be known without reading the rows."""
        return None if self.origin.version is None else self._digest(self.origin.version)

    def fingerprint(self, connection: duckdb.DuckDBPyConnection) -> str:
        """The SHA-256 of its version or, where it has none, of its rows, which ``connection`` has loaded."""
        return self.version() or self._digest(_hash_of_rows(connection, self))

    def _digest(self, content: str) -> str:
        identity = json.dumps([content, self.match.header, dict(self.format.texts)])
        return hashlib.sha256(identity.encode()).hexdigest()


def by_own_names(table: Table, name: str) -> Format:
    """The format of a source whose columns are called as those of the canonical table."""
    taken = tuple(TakenColumn(column.name, (normalised(column.name),), column.required) for column in table.columns)
    made = ",\n    ".join(f"{_value(column)} as {column.name}" for column in table.columns)
    return Format(
        name=name,
        title=f"columns of {table.name}",
        takes=taken,
        drops=frozenset(),
        fills=(table.name,),
        texts={table.name: f"select {made},\n    source_file, source_row\nfrom {name}\nwhere is_data"},
    )


def _value(column: Column) -> str:
    return f"time_in_zone({column.name}, file_zone)" if column.kind == "time" else column.name


def read(connection: duckdb.DuckDBPyConnection, stored: StoredTable) -> None:
    """Append the rows to the table of the format; raises ``UnreadableTable``."""
    taken = {stored.match.header[place]: name for place, name in taken_columns(stored.match).items()}
    names = {name.lower(): name for name in taken.values()}
    order = dict.fromkeys([*(names[name.lower()] for name in stored.key if name.lower() in names), *taken.values()])
    try:
        reader = stored.origin.rows(list(taken))
        texts = ", ".join(f"{_text(field)} as {quoted(taken[field.name])}" for field in reader.schema)
        connection.register("stored_rows", reader)
        connection.execute(
            f"""
            create or replace temp table raw_rows as
            with texts as (select {texts} from stored_rows)
            select row_number() over (order by {", ".join(map(quoted, order))}) as source_row, * from texts
            """
        )
        connection.unregister("stored_rows")
    except InputError:
        raise
    except Exception as error:  # each library has its own
        raise UnreadableTable(stored.name, f"cannot be read ({words(error)})", "Read it with its own tools.") from None
    append(connection, stored)


def fingerprint(stored: StoredTable) -> str:
    """What ``StoredTable.fingerprint`` would be if it were loaded now."""
    if version := stored.version():
        return version
    with duckdb.connect() as connection:
        create_tables(connection, stored.format)
        try:
            read(connection, stored)
        finally:
            stored.origin.close()
        return stored.fingerprint(connection)


def words(error: BaseException) -> str:
    """The first line of what a library says, in one colour and without a password."""
    text = CREDENTIALS.sub("://…@", _COLOURS.sub("", str(error)))
    said = _SERVER_SAYS.search(text)
    return (said[1] if said else text.strip().split("\n")[0]).strip() or type(error).__name__


def _text(field: Any) -> str:
    """A column as text: what is nested as json, a whole number that is held as a floating one without its ``.0``."""
    name = quoted(field.name)
    if pa.types.is_nested(field.type):
        return f"to_json({name})::varchar"
    if pa.types.is_floating(field.type):
        is_whole = f"{name} = floor({name}) and abs({name}) < 1e15"
        return f"case when {is_whole} then {name}::bigint::varchar else {name}::varchar end"
    return f"{name}::varchar"


def _hash_of_rows(connection: duckdb.DuckDBPyConnection, stored: StoredTable) -> str:
    cells = ", ".join(quoted(name) for name in stored.match.places)
    ((digest,),) = connection.execute(
        f"""
        with parts as (
            select source_row // {_ROWS_IN_A_HASH} as part,
                sha256(string_agg(json_array({cells})::varchar, '\n' order by source_row)) as digest
            from {stored.format.name}
            where source_file = ?
            group by part
        )
        select coalesce(sha256(string_agg(digest, '\n' order by part)), 'no rows') from parts
        """,
        [stored.name],
    ).fetchall()
    return str(digest)
