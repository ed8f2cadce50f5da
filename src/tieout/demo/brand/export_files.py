"""The company as files that people export from their systems: ``tieout.sources.formats`` the other way round.

First its records are brought to what such exports can tell: facts before the book is kept (``files/before``), then ids
(``files/names.sql``) and the canonical tables (``files/canonical``). Column ``carrier`` says which export has a row;
rows that none has stay beside the exports, as canonical csv. Nothing of the formats themselves is used here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import duckdb

_FILES = files("tieout.demo.brand") / "files"
_BEFORE = ("order_lines", "fees")
_EXPORTS = (
    "shopify_orders", "shopify_payments", "shopify_inventory", "amazon_all_orders", "amazon_fulfilled_shipments",
    "amazon_customer_returns", "amazon_ledger_detail", "amazon_settlement_v2", "wms_moves", "ledger_detail",
    "quickbooks_general_ledger", "xero_account_transactions",
)  # fmt: skip
# Columns that hold an id which exports name otherwise.
_IDS = {
    "refunds": ("refund_id", "settlement_id"), "fees": ("fee_id", "settlement_id"), "settlements": ("settlement_id",),
    "settlement_lines": ("settlement_id",), "stock_events": ("event_id", "source_event_id"), "costs": ("event_id",),
    "gl_lines": ("external_id", "document", "batch_id"), "connector_messages": ("external_id",),
    "batch_members": ("batch_id", "external_id"), "cycle_counts": ("event_id",), "truth": ("event_id",),
}  # fmt: skip
BESIDE = "beside"  # the folder of what no export carries


def config() -> str:
    """The ``tieout.toml`` that reads the exports."""
    return (_FILES / "tieout.toml").read_text("utf-8")


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the simulated rows to what the shops' exports can tell of them, before anything is booked."""
    connection.execute(_sql("macros"))
    for name in _BEFORE:
        connection.execute(f"create or replace table {name} as {_sql(f'before/{name}')}")


def bring(connection: duckdb.DuckDBPyConnection, queries: Mapping[str, str]) -> dict[str, str]:
    """Make the canonical tables as exports tell them, in the schema ``canonical``; gives a query for each."""
    connection.execute("create schema canonical")
    for name, query in queries.items():
        connection.execute(f"create table canonical.{name} as {query}")
    connection.execute(f"create table names as {_sql('names')}")
    for table, columns in _IDS.items():
        for column in columns:
            connection.execute(
                f"update canonical.{table} set {column} = names.name from names where {column} = names.id"
            )
    for name in queries:
        shape = _FILES / "canonical" / f"{name}.sql"
        query = shape.read_text("utf-8") if shape.is_file() else f"select *, null as carrier from canonical.{name}"
        connection.execute(f"create or replace table canonical.{name} as {query}")
    return {name: f"select * exclude (carrier) from canonical.{name} order by all" for name in queries}


def write(connection: duckdb.DuckDBPyConnection, folder: Path, tables: Sequence[str]) -> None:
    """Write ``exports/`` and, for rows that none of them carries, ``beside/`` into the folder of the company."""
    for name in _EXPORTS:
        _write_export(connection, folder / "exports", _sql(f"exports/{name}"))
    (folder / BESIDE).mkdir()
    for name in tables:
        rest = connection.sql(f"select * exclude (carrier) from canonical.{name} where carrier is null order by all")
        if rest.limit(1).fetchall():
            rest.write_csv(str(folder / BESIDE / f"{name}.csv"))


def _write_export(connection: duckdb.DuckDBPyConnection, folder: Path, query: str) -> None:
    """One file for each value of column ``file``, parted by tabs if it ends in txt.

    Columns without names (``c1``) are a report that brings its own heading.
    """
    connection.execute(f"create or replace temp table export_rows as {query}")
    rows = connection.table("export_rows")
    for (file,) in connection.execute("select distinct file from export_rows order by file").fetchall():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        connection.sql("select * exclude (file) from export_rows where file = $file", params={"file": file}).write_csv(
            str(path), sep="\t" if path.suffix == ".txt" else ",", header="c1" not in rows.columns
        )


def _sql(name: str) -> str:
    return (_FILES / f"{name}.sql").read_text("utf-8")
