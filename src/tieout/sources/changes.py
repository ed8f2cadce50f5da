"""What became of the documents that several exports have, as findings: which file is taken, and what it changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import duckdb

from tieout.sources.derived import PROVENANCE

_SHOWN = 3  # documents of a file, and changes of a document
_WIDTH = 40
_PASSED_OVER = {*PROVENANCE, "place", "document_key"}
Row = dict[str, object]
Parts = Mapping[str, tuple[str, Sequence[str]]]


def note(connection: duckdb.DuckDBPyConnection, parts: Parts) -> None:
    """One finding for each pair of files in ``merged_versions`` and what happened.

    ``parts``: the rows of each table as a subquery with ``document_key``, before any is taken out, and its key.
    """
    connection.execute(
        f"""
        create or replace temp table shown_versions as
        from merged_versions where is_replaced
        qualify row_number() over (partition by source_file, kept_file order by document_key) <= {_SHOWN}
        """
    )
    rows = _rows(connection, parts)
    shown = defaultdict(list)
    for document, file, kept in connection.execute(
        "select document_key, source_file, kept_file from shown_versions order by all"
    ).fetchall():
        name = " ".join(str(part) for part in json.loads(document) if part is not None)
        changed = [
            change
            for table, (_, key) in parts.items()
            for change in _changes(key, rows[table, document, file], rows[table, document, kept])
        ]
        more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        shown[file, kept].append(f"{name} ({', '.join(changed[:_SHOWN])}{more})")
    for file, kept, is_replaced, count in connection.execute(
        "select source_file, kept_file, is_replaced, count(*) from merged_versions group by all order by all"
    ).fetchall():
        many, are = ("1 document", "is") if count == 1 else (f"{count} documents", "are")
        if is_replaced:
            message = f"{kept} replaces {many} of {file}: {'; '.join(shown[file, kept])}"
        else:
            message = f"{many} of {file} {are} in {kept}, too, and {are} loaded from there"
        finding = "replaced_version" if is_replaced else "overlapping_export"
        connection.execute(
            "insert into findings values (?, 'info', null, ?, ?, ?, null)", [finding, file, message, count]
        )


def _rows(connection: duckdb.DuckDBPyConnection, parts: Parts) -> Mapping[tuple[str, str, str], list[Row]]:
    """The rows of the documents that are shown, in both of their versions, by table, document and file."""
    found = defaultdict(list)
    for table, (rows, _) in parts.items():
        result = connection.execute(
            f"""
            from {rows}
            semi join (
                select document_key, unnest([source_file, kept_file]) as source_file from shown_versions
            ) using (document_key, source_file)
            order by all
            """
        )
        names = [column[0] for column in result.description or ()]
        for values in result.fetchall():
            row = dict(zip(names, values, strict=True))
            found[table, str(row["document_key"]), str(row["source_file"])].append(row)
    return found


def _changes(key: Sequence[str], old: list[Row], new: list[Row]) -> Iterator[str]:
    """Of rows with the same key the columns that differ; of a row that has no counterpart, that it went or came."""
    before, after = _by_key(key, old), _by_key(key, new)
    for name in [*before, *(name for name in after if name not in before)]:
        if name not in after:
            yield f"{name} is gone"
        elif name not in before:
            yield f"{name} is new"
        else:
            for column, value in after[name].items():
                if column not in _PASSED_OVER and value != before[name].get(column):
                    yield f"{column}: {_text(before[name].get(column))} → {_text(value)}"


def _by_key(key: Sequence[str], rows: list[Row]) -> dict[str, Row]:
    """Rows by the last column of their key, or by their number where they have none."""
    return {f"{key[-1]} {row.get(key[-1])}" if key else f"row {place}": row for place, row in enumerate(rows, start=1)}


def _text(value: object) -> str:
    return "nothing" if value is None else str(value)[:_WIDTH]
