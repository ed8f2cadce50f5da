"""From the stock events in DuckDB, through the kernel's arrays, to valued legs, layers and findings in DuckDB."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from tieout.costing import kernel
from tieout.costing.events import AUTO, AVERAGE, FIFO, LAYERS, LIFO, NO_VALUE, POOL, SPECIFIC, STANDARD, Legs, Replay
from tieout.costing.shelves import share_shelves
from tieout.settings import Settings
from tieout.store import create_table

_METHODS = {"fifo": FIFO, "average": AVERAGE, "lifo": LIFO, "standard": STANDARD, "specific": SPECIFIC}
_SHARES = {"auto": AUTO, "layers": LAYERS, "pool": POOL}
_ASSEMBLED = ("assembly", "weight")
_COLUMNS = (
    "pool", "operation", "cell_from", "cell_to", "quantity", "value", "source", "standard", *_ASSEMBLED,
)  # fmt: skip
_NARROW: dict[str, type[np.generic]] = {"pool": np.int32, "operation": np.int8}  # the others int64
_BATCH = 500_000  # rows
_MOVED = (
    "cost_methods", "standards", "order_channels", "stock_rows", "kit_parts", "cost_documents", "receipt_costs",
    "return_sources", "opened_goods",
)  # fmt: skip
_PARTED = ("moved_goods", "goods_costs", "assemblies", "stock_legs")
_ORDERED = ("cells", "revisions", "legs", "kernel_input")
_VALUED = (
    "valued_legs", "valued_events", "true_ups", "placements", "cost_placements", "layers", "shortages", "layer_issues",
    "value_flows", "costing_findings",
)  # fmt: skip


def replay(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Value every stock event of the draft; leaves ``valued_legs``, ``valued_events``, ``layers`` and their kin."""
    for name in _MOVED:
        create_table(connection, f"costing/{name}")
    share_shelves(connection)
    for name in _PARTED:
        create_table(connection, f"costing/{name}")
    _join_pools(connection)
    for name in _ORDERED:
        create_table(connection, f"costing/{name}")
    _keep_results(connection, kernel.replay(_kernel_legs(connection, settings, "kernel_input")))
    for name in _VALUED:
        create_table(connection, f"costing/{name}")
    connection.execute("insert into findings from costing_findings")
    create_table(connection, "costing/method_readings")
    for reading in ("prospective", "retrospective"):
        rows = f"(select * replace ({reading} as value) from method_readings)"
        suppose(connection, settings, f"as_if_{reading}", rows, methods=reading)
    create_table(connection, "costing/method_changes")


def suppose(
    connection: duckdb.DuckDBPyConnection, settings: Settings, hypothesis: str, rows: str, methods: str = "method"
) -> None:
    """Replay on other values: ``rows`` is a table like ``kernel_input``, ``methods`` an expression on ``cells``.

    Leaves ``<hypothesis>_amounts``: what each row would have moved, in minor units. A hypothesis changes what goes into
    the kernel, never the kernel; its rows need not be all, but those that they name as their source.
    """
    result = kernel.replay(_kernel_legs(connection, settings, rows, methods))
    numbers = connection.sql(f"select row from {rows} order by row").to_arrow_table().column("row")
    trued_up = np.zeros(len(result.amount), np.int64)
    np.add.at(trued_up, result.true_ups.issue, result.true_ups.amount)
    columns = {"amount": result.amount, "trued_up": trued_up, "placed": result.placed, "variance": result.variance}
    connection.register("arrays", pa.table({"row": numbers, **columns}))
    connection.execute(f"create or replace table {hypothesis}_amounts as from arrays")
    connection.unregister("arrays")


def _join_pools(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``sku_pools``: one pool for all skus that assemblies join, however many steps apart."""
    connection.execute(
        """
        create or replace temp table sku_bonds as
        select distinct assembly, sku from stock_legs where assembly is not null;
        create or replace temp table sku_roots as select distinct sku, sku as root from stock_legs
        """
    )
    changed = True
    while changed:
        create_table(connection, "costing/sku_pools")
        changed = connection.execute("select exists (from sku_pools except from sku_roots)").fetchall()[0][0]
        connection.execute("create or replace temp table sku_roots as from sku_pools")


def _kernel_legs(
    connection: duckdb.DuckDBPyConnection, settings: Settings, table: str, methods: str = "method"
) -> Legs:
    cells = connection.execute(f"select {methods} from cells order by cell").fetchall()
    legs, policy = _fetched(connection, table), settings.policy
    return Legs(
        op=legs["operation"],
        cell_from=legs["cell_from"],
        cell_to=legs["cell_to"],
        quantity=legs["quantity"],
        value=legs["value"],
        source=legs["source"],
        standard=legs["standard"],
        pool_offsets=np.concatenate(([0], np.flatnonzero(np.diff(legs["pool"])) + 1, [len(legs["pool"])])),
        cell_method=np.array([_METHODS[method] for (method,) in cells], dtype=np.int8),
        scale=settings.company.decimals,
        group=np.unique(legs["assembly"], return_inverse=True)[1].astype(np.int64),
        weight=legs["weight"],
        returns_at_end=policy.return_layer == "end",
        true_up_issues=policy.negative_stock == "true_up",
        share_by=_SHARES[policy.late_cost_share],
    )


def _fetched(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, np.ndarray]:
    """The columns of a table like ``kernel_input``, each value at its row; rows left out by a hypothesis close up.

    Batch by batch, so that the table is never there twice. Without assemblies their columns are empty.
    """
    extent = "count(*), coalesce(max(row) + 1, 0), coalesce(max(assembly), -1) >= 0"
    count, numbers, has_assemblies = connection.execute(f"select {extent} from {table}").fetchall()[0]
    columns = _COLUMNS if has_assemblies else [name for name in _COLUMNS if name not in _ASSEMBLED]
    arrays = {name: np.empty(count, _NARROW.get(name, np.int64)) for name in columns}
    kept = None
    if numbers > count:
        kept = np.sort(connection.sql(f"select row from {table}").to_arrow_table().column("row").to_numpy())
    query = f"select row, {', '.join(columns)} from (select * replace (coalesce(value, $none) as value) from {table})"
    for batch in connection.sql(query, params={"none": NO_VALUE}).to_arrow_reader(_BATCH):
        row, *values = (column.to_numpy(zero_copy_only=False) for column in batch.columns)
        place = row if kept is None else np.searchsorted(kept, row)
        for array, column in zip(arrays.values(), values, strict=True):
            array[place] = column
    if kept is not None:
        source = arrays["source"]
        arrays["source"] = np.where(source >= 0, np.searchsorted(kept, source), source)
    return {name: np.empty(0, np.int64) for name in _ASSEMBLED} | arrays


def _keep_results(connection: duckdb.DuckDBPyConnection, result: Replay) -> None:
    """The kernel's arrays as temporary tables, in whole numbers; the SQL files of this folder give them units."""
    per_leg = {field: array for field, array in vars(result).items() if isinstance(array, np.ndarray)}
    tables = {
        "kernel_legs": per_leg,
        "kernel_takes": vars(result.takes),
        "kernel_true_ups": vars(result.true_ups),
        "kernel_placements": vars(result.placements),
        "kernel_layers": vars(result.open_layers),
        "kernel_shortages": vars(result.open_shortages),
    }
    for name, arrays in tables.items():
        rows = len(next(iter(arrays.values())))
        connection.register("arrays", pa.table({"row": np.arange(rows), **arrays}))
        connection.execute(f"create or replace temp table {name} as from arrays")
        connection.unregister("arrays")
