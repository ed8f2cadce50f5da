"""What stands inside of json text: the rows of other formats in lists, and columns of the row itself in objects.

So an order with its lines, as an API gives it and Airbyte lands it, is read like the tables that other tools land.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import duckdb

from tieout.canonical.files import literal, quoted
from tieout.sources.format import Nested
from tieout.sources.reading import NO_JSON, ExportFile, append
from tieout.sources.recognise import Recognised


@dataclass(frozen=True, slots=True)
class NestedTable(ExportFile):
    """The rows that the json lists in a column of ``around`` hold, as a table of their own; numbered from 1."""

    around: ExportFile
    held: Nested


def tables_in(file: ExportFile) -> Iterator[NestedTable]:
    """What the columns of ``file`` hold, and what these hold in turn."""
    for held in file.format.holds:
        if held.column in file.match.places:
            sheet = file.match.sheet
            title = f"{sheet.title}.{held.column}" if sheet.title else held.column
            header = list(dict.fromkeys([*held.fields, *(column.name for column in held.format.required)]))
            places = {name: place for place, name in enumerate(header)}
            match = Recognised(held.format, replace(sheet, title=title, rows=(header,)), 1, 1.0, places)
            table = NestedTable(file.settings, inside(file.name, held.column), match, file, held)
            yield table
            yield from tables_in(table)


def inside(file: str, part: str) -> str:
    """What a part of a file, or of its sheet, is called."""
    return f"{file}{'.' if '#' in file else '#'}{part}"


def read(connection: duckdb.DuckDBPyConnection, table: NestedTable) -> None:
    """Append the rows of ``table`` to the table of its format; the column that held them is empty afterwards."""
    held, around = table.held, table.around.format.name
    shape = table.around.format.shapes[held.column]
    mine = f"source_file = {literal(table.around.name)}"
    columns = ", ".join(f"{_value(held, name)}::varchar as {quoted(name)}" for name in table.match.places)
    connection.execute(
        f"""
        create or replace temp table raw_rows as
        with objects as (
            select * exclude ({quoted(held.column)}), unnest(parsed) as object, generate_subscripts(parsed, 1) as place
            from (select *, from_json({quoted(held.column)}, {literal(shape)}) as parsed from {around} where {mine})
        )
        select row_number() over (order by source_row, place) as source_row, {columns} from objects
        """
    )
    append(connection, table)
    connection.execute(f"update {around} set {quoted(held.column)} = null where {mine}")


def _value(held: Nested, name: str) -> str:
    """Where a column of the rows in the lists comes from, as ``Nested`` writes it."""
    path = held.fields.get(name)
    if path is None:
        return "null"
    if path == "#":
        return "(place - 1)"
    if path[0] == "^":
        return f"objects.{quoted(path[1:])}"
    value = "object" + "".join(f"[{literal(part)}]" for part in path.split("."))
    return f"to_json({value})" if name in held.format.shapes else value


def spread_objects(connection: duckdb.DuckDBPyConnection, file: ExportFile) -> None:
    """Fill the columns of ``file`` that stand in objects, where they are not columns of their own; rows with text that
    should be json and is none are broken.
    """  # noqa: D205
    table = file.format.name
    for column in file.format.shapes.keys() & file.match.places.keys():
        reason = f"{column} is no json: what stands inside of it is lost"
        connection.execute(
            f"""
            insert into export_broken
            select source_file, source_row, {literal(reason)} from {table}
            where source_file = $file and {quoted(column)} = {literal(NO_JSON)}
            """,
            {"file": file.name},
        )
    paths = {name: path.split(".") for name, path in file.format.within.items()}
    filled = [
        f"{quoted(name)} = coalesce({quoted(name)}, json_extract_string({quoted(column)}, {literal(_pointer(parts))}))"
        for name, (column, *parts) in paths.items()
        if column in file.match.places
    ]
    if filled:
        connection.execute(f"update {table} set {', '.join(filled)} where source_file = ?", [file.name])


def _pointer(parts: list[str]) -> str:
    return "/" + "/".join(parts)
