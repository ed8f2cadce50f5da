"""From the stock events in DuckDB, through the kernel's arrays, to valued legs, layers and findings in DuckDB."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from tieout.costing import kernel
from tieout.costing.events import AVERAGE, FIFO, LIFO, NO_VALUE, SPECIFIC, Legs, Replay
from tieout.settings import Settings
from tieout.store import create_table

_METHODS = {"fifo": FIFO, "average": AVERAGE, "lifo": LIFO, "specific": SPECIFIC}
_PREPARED = (
    "stock_rows",
    "kit_parts",
    "cost_documents",
    "receipt_costs",
    "return_sources",
    "moved_goods",
    "legs",
    "cells",
    "kernel_input",
)
_VALUED = ("valued_legs", "valued_events", "true_ups", "layers", "shortages", "layer_issues", "costing_findings")


def replay(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Value every stock event of the draft; leaves ``valued_legs``, ``valued_events``, ``layers`` and their kin."""
    for name in _PREPARED:
        create_table(connection, f"costing/{name}")
    _keep_results(connection, kernel.replay(_kernel_legs(connection, settings, "kernel_input")))
    for name in _VALUED:
        create_table(connection, f"costing/{name}")
    connection.execute("insert into findings from costing_findings")


def suppose(connection: duckdb.DuckDBPyConnection, settings: Settings, hypothesis: str) -> None:
    """Replay once more on other values: ``hypothesis`` is a table like ``kernel_input``.

    Leaves ``<hypothesis>_amounts``: what each row would have moved, in minor units. A hypothesis changes what goes into
    the kernel, never the kernel.
    """
    amounts = kernel.replay(_kernel_legs(connection, settings, hypothesis)).amount
    connection.register("arrays", pa.table({"row": np.arange(len(amounts)), "amount": amounts}))
    connection.execute(f"create or replace table {hypothesis}_amounts as from arrays")
    connection.unregister("arrays")


def _kernel_legs(connection: duckdb.DuckDBPyConnection, settings: Settings, table: str) -> Legs:
    rows = connection.sql(f"from {table} order by row").to_arrow_table()
    cells = connection.execute("select count(*) from cells").fetchall()[0][0]

    def column(name: str, kind: type[np.generic] = np.int64) -> np.ndarray:
        values: np.ndarray = rows.column(name).combine_chunks().to_numpy(zero_copy_only=False)
        return values.astype(kind)

    value = rows.column("value").combine_chunks().fill_null(NO_VALUE).to_numpy(zero_copy_only=False)
    pools = column("pool")
    return Legs(
        op=column("operation", np.int8),
        cell_from=column("cell_from"),
        cell_to=column("cell_to"),
        quantity=column("quantity"),
        value=value.astype(np.int64),
        source=column("source"),
        standard=column("standard"),
        pool_offsets=np.append(np.flatnonzero(np.diff(pools, prepend=-1)), len(pools)).astype(np.int64),
        cell_method=np.full(cells, _METHODS[settings.policy.cost_method], dtype=np.int8),
        scale=settings.company.decimals,
        true_up_issues=settings.policy.negative_stock == "true_up",
    )


def _keep_results(connection: duckdb.DuckDBPyConnection, result: Replay) -> None:
    """The kernel's arrays as temporary tables, in whole numbers; the SQL files of this folder give them units."""
    per_leg = {field: array for field, array in vars(result).items() if isinstance(array, np.ndarray)}
    tables = {
        "kernel_legs": per_leg,
        "kernel_takes": vars(result.takes),
        "kernel_true_ups": vars(result.true_ups),
        "kernel_layers": vars(result.open_layers),
        "kernel_shortages": vars(result.open_shortages),
    }
    for name, arrays in tables.items():
        rows = len(next(iter(arrays.values())))
        connection.register("arrays", pa.table({"row": np.arange(rows), **arrays}))
        connection.execute(f"create or replace temp table {name} as from arrays")
        connection.unregister("arrays")
