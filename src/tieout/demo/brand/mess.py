"""Files as people bring them: rows that break a rule, each of which the loader must reject, and name."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

# Table, column that is broken, what stands there, and the key that makes the broken copy a row of its own.
FAULTS = (
    ("order_lines", "quantity", "-1", "order_id"),
    ("order_lines", "ordered_at", "yesterday", "order_id"),
    ("order_lines", "unit_price", "12,50", "order_id"),
    ("stock_events", "type", "teleport", "event_id"),
    ("stock_events", "quantity", "0", "event_id"),
    ("stock_events", "occurred_at", "", "event_id"),
    ("refunds", "amount", "", "refund_id"),
    ("refunds", "refunded_at", "31/02/2025", "refund_id"),
    ("fees", "type", "bribe", "fee_id"),
    ("fees", "amount", "1.005", "fee_id"),
)
COPIES = 3  # rows for each fault, and rows that come twice


def add(canonical: Path) -> None:
    """Write the tables of ``FAULTS`` as csv, with broken copies of some rows and others repeated at the end."""
    for table in dict.fromkeys(table for table, *_ in FAULTS):
        faults = [(column, text, key) for name, column, text, key in FAULTS if name == table]
        parts = str(canonical / table / "*.parquet")
        connection = duckdb.connect()
        read = connection.sql("select columns(*)::varchar from read_parquet($parts)", params={"parts": parts})
        read.create("rows")
        few = f"(from rows order by md5({faults[0][2]}) limit {COPIES})"
        copies = [
            f"select * replace ('{text}' as {column}, {key} || '-bad-{number}' as {key}) from {few}"
            for number, (column, text, key) in enumerate(faults)
        ]
        everything = " union all ".join(["from rows", f"from {few}", *copies])
        connection.sql(everything).write_csv(str(canonical / f"{table}.csv"))
        shutil.rmtree(canonical / table)


def rejected() -> dict[str, int]:
    """How many rows of each table the loader must reject."""
    tables = [table for table, *_ in FAULTS]
    return {table: COPIES * (1 + tables.count(table)) for table in dict.fromkeys(tables)}
