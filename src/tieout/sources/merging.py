"""Exports that overlap: each fact is loaded once, and a corrected export replaces what it corrects.

A file whose bytes another of its source and format has is not read again. Of the files of one source and format that
have the same document (an order, a settlement, a journal; else a row by its key) one is taken whole: the latest that
has it, and among those with the same content the first. Two rows that are alike in one file stay two, for the keys
count them. Sources are different accounts: what they both have is one fact only where it is the same.

Later is, in this order: the day (and hour) in the file's name, else the latest of the dates in it; then the latest of
the dates; then the name, its numbers compared as numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from pathlib import PurePosixPath

import duckdb

from tieout.canonical.files import quoted, sha256
from tieout.canonical.tables import TABLES
from tieout.sources import changes
from tieout.sources.derived import Derived, note_sources
from tieout.sources.format import Format
from tieout.sources.reading import ExportFile
from tieout.sources.stored import StoredTable

_DAY = re.compile(
    r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])"
    r"(?:[ T_-]([01]\d|2[0-3])[-.:]?([0-5]\d)(?:[-.:]?[0-5]\d)?)?(?!\d)"
)
_CREATE = """
    create temp table export_merged (source_file varchar, source_row bigint);
    create temp table merged_versions (
        document_key varchar, source_file varchar, kept_file varchar, is_replaced boolean
    );
    create temp table document_versions (
        document_key varchar, source_file varchar, content hugeint
    );
"""


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Where it is kept what stands in other files, too: ``export_merged`` has the source rows."""
    connection.execute(_CREATE)


def repeated(files: Iterable[ExportFile | StoredTable]) -> dict[str, str]:
    """Files with the bytes of an earlier one of their source and format: their names, and the name of that one."""
    alike = defaultdict(list)
    for file in files:
        if isinstance(file, ExportFile):
            sheet = file.match.sheet
            alike[file.settings.name, file.format.name, sheet.title, sheet.path.stat().st_size].append(file)
    found: dict[str, str] = {}
    for group in alike.values():
        firsts: dict[str, str] = {}
        for file in sorted(group, key=lambda file: _natural(file.name)) if len(group) > 1 else []:
            first = firsts.setdefault(sha256(file.match.sheet.path), file.name)
            if first != file.name:
                found[file.name] = first
    return found


def merge_rows(connection: duckdb.DuckDBPyConnection, known: Format) -> None:
    """Of a format whose SQL reads all files at once: take the rows out that stand in other files, too."""
    cells = ", ".join(quoted(column.name) for column in known.takes)
    key = ", ".join(quoted(name) for name in known.document)
    connection.execute(
        f"""
        insert into document_versions
        select json_array({key})::varchar as document_key, source_file, sum(hash({cells}))
        from {known.name} where coalesce({key}) is not null group by all
        """
    )
    if not _choose(connection, known):
        return
    with_document = f"(select rowid as place, *, json_array({key})::varchar as document_key from {known.name})"
    changes.note(connection, {known.name: (with_document, ())})
    connection.execute(
        f"""
        create or replace temp table merged_places as
        select place, source_file, source_row
        from {with_document}
        semi join merged_versions using (document_key, source_file);
        insert into export_merged select source_file, source_row from merged_places;
        delete from {known.name} using merged_places where {known.name}.rowid = merged_places.place
        """
    )


def merge_documents(connection: duckdb.DuckDBPyConnection, known: Format, derived: Sequence[Derived]) -> None:
    """Take out of what a format makes of its files the documents that are taken from another file."""
    parts = {}
    for part in derived:
        part.make(connection)
        columns = part.columns(connection)
        rows = f"(select rowid as place, *, {_document(part, columns)} as document_key from {part.made})"
        connection.execute(
            f"""
            insert into document_versions
            select document_key, source_file, sum(hash({", ".join(map(quoted, columns))}))
            from {rows} group by document_key, source_file
            """
        )
        if not TABLES[part.table].is_named:
            parts[part.table] = (rows, TABLES[part.table].key)
    if not _choose(connection, known):
        return
    # Names only wanted the files ranked: of each all versions are asked for what another leaves blank.
    named = [part.table for part in derived if part.table not in parts]
    connection.execute("delete from merged_versions where list_contains($named, document_key ->> 0)", {"named": named})
    changes.note(connection, parts)
    for part in derived:
        if part.table in parts:
            connection.execute(
                f"""
                create or replace temp table merged_rows as
                from {parts[part.table][0]} semi join merged_versions using (document_key, source_file);
                insert into export_merged select source_file, source_row from merged_rows;
                delete from {part.made} using merged_rows where {part.made}.rowid = merged_rows.place
                """
            )
            note_sources(connection, "merged_rows", "export_merged")


def _document(part: Derived, columns: Container[str]) -> str:
    """What names the document of a row: the parts of a settlement go with it, all else by its own table's key.

    NULL where the key is not whole: such a row is nobody's version.
    """
    table = TABLES[part.table]
    own = _key(part.table, [name for name in table.document if name in columns], table.required)
    if "settlement_id" not in columns or "settlements" not in part.format.fills:
        return own
    return f"coalesce({_key('settlements', ['settlement_id'], ['settlement_id'])}, {own})"


def _key(table: str, names: Sequence[str], required: Container[str]) -> str:
    parts = ", ".join(["'" + table + "'", *(f"{quoted(name)}::varchar" for name in names)])
    is_whole = " and ".join(["true", *(f"{quoted(name)} is not null" for name in names if name in required)])
    return f"case when {is_whole} then json_array({parts})::varchar end"


def _choose(connection: duckdb.DuckDBPyConnection, known: Format) -> bool:
    """Fill ``merged_versions`` from ``document_versions``; says whether there is anything in it."""
    connection.execute("delete from merged_versions")
    is_overlapping = connection.execute(
        "select count(*) from (select document_key from document_versions where document_key is not null group by all"
        " having count(distinct source_file) > 1 limit 1)"
    ).fetchall() != [(0,)]
    if is_overlapping:
        _rank(connection, known)
        connection.execute(
            """
            insert into merged_versions
            with versions as (
                select document_key, source_file, sum(content) as content,
                    count(*) over (partition by document_key) as files
                from document_versions
                where document_key is not null
                group by document_key, source_file
            ),
            judged as (
                select versions.*, origin, rank, arg_max(content, rank) over version as valid_content
                from versions
                join export_files using (source_file)
                where files > 1
                window version as (partition by document_key, origin)
            ),
            kept as (
                select *, arg_min(source_file, rank) filter (where content = valid_content) over version as own_file,
                    min(rank) filter (where content = valid_content) over version as own_rank
                from judged
                window version as (partition by document_key, origin)
            ),
            shared as (
                select *, arg_min(own_file, own_rank) over (partition by document_key, valid_content) as kept_file
                from kept
            )
            select document_key, source_file, kept_file, content <> valid_content
            from shared
            where source_file <> kept_file
            """
        )
    connection.execute("delete from document_versions")
    return connection.execute("from merged_versions limit 1").fetchall() != []


def _rank(connection: duckdb.DuckDBPyConnection, known: Format) -> None:
    """Number the files of a format from the earliest to the latest."""
    cells = ", ".join(quoted(name) for name in known.dates) or "null"
    found = connection.execute(
        f"""
        with cells as (
            select source_file, file_zone, file_dates, unnest([{cells}]) as cell from {known.name}
        ),
        texts as (
            select source_file, 'read' as origin, iso_time(cell, file_zone, file_dates) as content
            from cells
            where cell is not null
            union all
            select source_file, 'said', said from export_files where format = $format
        ),
        parts as (
            select source_file, origin, time_parts(content) as parts from texts
        ),
        moments as (
            select source_file, max(plausible(moment_of(parts))) filter (where origin = 'read') as latest,
                max(plausible(moment_of(parts)) + to_days(case when parts.time = '' then 1 else 0 end))
                    filter (where origin = 'said') as said
            from parts
            group by source_file
        )
        select source_file, epoch_us(coalesce(moments.said, latest)), epoch_us(latest)
        from export_files
        left join moments using (source_file)
        where format = $format
        """,
        {"format": known.name},
    ).fetchall()
    ordered = sorted(found, key=lambda row: (row[1] or 0, row[2] or 0, _natural(row[0])))
    connection.executemany(
        "update export_files set rank = ? where source_file = ?",
        [[rank, name] for rank, (name, *_) in enumerate(ordered)],
    )


def said_in(name: str) -> str | None:
    """The latest day, and hour if it has one, that a file's name states."""
    days = (match.groups() for match in _DAY.finditer(PurePosixPath(name).name))
    return max((f"{y}-{m}-{d}{f' {hour}:{minute}' if hour else ''}" for y, m, d, hour, minute in days), default=None)


def _natural(name: str) -> list[tuple[int, str]]:
    """A file's name without its ending, so that "orders (10)" comes after "orders (9)" and both after "orders"."""
    path, _, sheet = name.partition("#")
    stem = f"{PurePosixPath(path).with_suffix('')}#{sheet}" if sheet else str(PurePosixPath(path).with_suffix(""))
    return [(int(part) if part.isdecimal() else -1, part) for part in re.split(r"(\d+)", stem)]
