"""What people decided and signed: append-only csv files beside ``tieout.toml``, which no run writes or forgets."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from tieout.canonical import sheets
from tieout.canonical.files import sha256
from tieout.errors import UnreadableFile
from tieout.store import Lock

_UNDO = "The file is only ever added to, by tieout: take back what changed it."


@dataclass(frozen=True, slots=True)
class Record:
    """One such file: where it lies from the configuration on, the table that it becomes, and its columns."""

    file: str
    table: str
    schema: pa.Schema

    def rows(self, root: Path) -> list[dict[str, Any]]:
        """What the file holds, typed, oldest first; raises ``UnreadableFile`` where it was damaged."""
        path = root / self.file
        if not path.exists():
            return []
        rows = []
        for row in sheets.read(path, self.table, self.schema.names):
            try:
                rows.append({field.name: _typed(field.type, row.cells[field.name]) for field in self.schema})
            except (ValueError, InvalidOperation) as error:
                raise UnreadableFile(path, f"row {row.number} cannot be read: {error}", _UNDO) from error
        return rows

    def load(self, connection: duckdb.DuckDBPyConnection, root: Path) -> None:
        """Make the table, with the rows' ``number`` in the order in which they were written."""
        rows = pa.Table.from_pylist(self.rows(root), self.schema)
        numbered = rows.add_column(0, "number", pa.array(range(1, rows.num_rows + 1), pa.int64()))
        connection.register("records", numbered)
        connection.execute(f"create or replace table {self.table} as from records")
        connection.unregister("records")

    def append(self, root: Path, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add ``rows`` to the file, all or none."""
        path, header = root / self.file, _line(self.schema.names)
        path.parent.mkdir(exist_ok=True)
        with Lock(path):
            before = path.read_text("utf-8") if path.exists() else header
            if not before.startswith(header) or not before.endswith("\n"):
                raise UnreadableFile(path, "is not as tieout wrote it", _UNDO)
            added = "".join(_line(_text(row[name]) for name in self.schema.names) for row in rows)
            draft = path.with_name(f".{path.name}.draft")
            with draft.open("w", encoding="utf-8", newline="") as file:
                file.write(before + added)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)


DECISIONS = Record(
    "review/decisions.csv",
    "decision_log",
    pa.schema({
        "case_id": pa.string(), "cause": pa.string(), "event_id": pa.string(), "amount": pa.decimal128(18, 4),
        "decision": pa.string(), "assigned_to": pa.string(), "decided_by": pa.string(), "decided_on": pa.date32(),
        "reason": pa.string(), "expires_on": pa.date32(), "entered_at": pa.timestamp("us", "UTC"),
    }),
)  # fmt: skip
PUBLISHED = Record(
    "review/published.csv",
    "published_figures",
    pa.schema({
        "period": pa.string(), "sign_off": pa.int64(), "book": pa.string(), "figure": pa.string(),
        "component": pa.string(), "amount": pa.decimal128(18, 4), "preparer": pa.string(), "reviewer": pa.string(),
        "note": pa.string(),
        "run_id": pa.string(), "signed_at": pa.timestamp("us", "UTC"),
    }),
)  # fmt: skip
RECORDS = (DECISIONS, PUBLISHED)


def hashes(root: Path) -> list[tuple[str, str, str]]:
    """Table, file and SHA-256 of each record that is there: inputs of a run like any other."""
    present = [record for record in RECORDS if (root / record.file).exists()]
    return [(record.table, record.file, sha256(root / record.file)) for record in present]


def now() -> datetime:
    """When somebody decides or signs: the one use of the clock, since it records an act."""
    return datetime.now(UTC).replace(microsecond=0)


def as_csv(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A table for a spreadsheet: text is guarded, numbers and dates stand as they are."""
    return "".join([_line(columns), *(_line(_text(value) for value in row) for row in rows)])


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, Decimal):
        return f"{value:f}"
    return sheets.guarded(value) if isinstance(value, str) else str(value)


def _typed(kind: pa.DataType, cell: str) -> str | int | Decimal | date | datetime | None:
    if not cell:
        return None
    if pa.types.is_decimal(kind):
        return Decimal(cell)
    if pa.types.is_timestamp(kind):
        return datetime.fromisoformat(cell)
    if pa.types.is_integer(kind):
        return int(cell)
    return sheets.as_date(cell) if pa.types.is_date(kind) else cell
