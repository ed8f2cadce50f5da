"""The sample company: the real year of a real shop, with a derived ledger and errors planted in it.

``build`` is the whole story: the tables of ``sql/`` in order, two of them made by plain Python loops, then the
canonical tables of ``sql/canonical/``. It shares nothing with the engine that will be judged by it.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tieout.demo.retail import credits, fifo

_HERE = Path(__file__).parent

TABLES = (
    "source_rows", "uses", "orders", "sale_lines", "credit_matches", "cancellations", "products", "kit_parts",
    "monthly_costs", "corrections_of_stock", "shipments", "shipped_parts", "needs", "purchases", "landed_costs",
    "transfers", "credit_lines", "charged_fees", "fates", "moves", "legs", "valued_legs", "journal", "mismaps",
    "scenarios", "effects", "plants", "booked", "extras", "accounts", "entries", "truth",
)  # fmt: skip


class NotReconciled(Exception):
    """The planted truth does not turn the recorded book into the clean journal: a fault of this program."""


def build(out: Path, source: Path, *, clean: bool = False, before: date | None = None, one_sku_in: int = 1) -> None:
    """Write the sample company to ``out``: the config, the canonical tables, the truth and the fates of the source.

    ``source`` is the Online Retail parquet. ``clean`` plants no error. ``before`` and ``one_sku_in`` cut a slice for
    tests: rows before a moment, one product code in so many. Raises NotReconciled if recorded + truth is not the clean
    journal, fifo.Oversold if a place would sell what it does not have.
    """
    connection = tables(source, clean=clean, before=before, one_sku_in=one_sku_in)
    check(connection)
    (out / "canonical").mkdir(parents=True, exist_ok=True)
    for query in sorted((_HERE / "sql" / "canonical").glob("*.sql")):
        _write(connection, query, out / "canonical" / f"{query.stem}.parquet")
    for name in ("truth", "fates"):
        _write(connection, _HERE / "sql" / "results" / f"{name}.sql", out / f"{name}.parquet")
    (out / "tieout.toml").write_bytes((_HERE / "tieout.toml").read_bytes())


def tables(
    source: Path, *, clean: bool = False, before: date | None = None, one_sku_in: int = 1, until: str = TABLES[-1]
) -> duckdb.DuckDBPyConnection:
    """A database in memory with the working tables up to and including ``until``."""
    connection = duckdb.connect()
    connection.execute((_HERE / "sql" / "macros.sql").read_text("utf-8"))
    values = {"source": str(source), "before": before, "one_sku_in": one_sku_in, "clean": clean}
    for name in TABLES[: TABLES.index(until) + 1]:
        if name in _LOOPS:
            connection.register("made", _LOOPS[name](connection))
            connection.execute(f"create table {name} as from made")
            connection.unregister("made")
        else:
            query = (_HERE / "sql" / f"{name}.sql").read_text("utf-8")
            bound = {key: value for key, value in values.items() if f"${key}" in query}
            connection.execute(f"create table {name} as {query}", bound)
    return connection


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise NotReconciled unless recorded + truth = clean everywhere and every entry and clean event balances."""
    for query in sorted((_HERE / "sql" / "checks").glob("*.sql")):
        broken = connection.execute(query.read_text("utf-8")).fetchall()
        if broken:
            raise NotReconciled(f"{query.stem}: {len(broken)} differences, first {broken[0]}")


def _match_credits(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    sales = connection.execute(
        "select row, order_id, sku, country, quantity, price, value, ordered_at, shipped_at"
        " from sale_lines order by ordered_at, row"
    ).fetchall()
    notes = connection.execute(
        "select row, sku, country, is_goods, -quantity, price, pence(-quantity * price), moment"
        " from uses where use = 'credit' order by moment, row"
    ).fetchall()
    matches = credits.settle_all([credits.Sale(*sale) for sale in sales], [credits.Credit(*note) for note in notes])
    return pa.table(
        {
            "row": pa.array([match.row for match in matches], pa.int64()),
            "outcome": pa.array([match.outcome for match in matches], pa.string()),
            "sale_row": pa.array([match.sale_row for match in matches], pa.int64()),
            "order_id": pa.array([match.order_id for match in matches], pa.string()),
        }
    )


def _value_legs(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The goods' values twice: as they are, and as a ledger books them that never saw the omitted freight bills."""
    legs = connection.sql("select * from legs order by leg").to_arrow_table()
    column: dict[str, list[Any]] = {name: legs[name].to_pylist() for name in legs.column_names if name != "sku"}
    pools = max([*column["out_of"], *column["into_pool"]]) + 1

    def valued(worth: str) -> fifo.Valued:
        return fifo.replay(
            fifo.Legs(column["out_of"], column["into_pool"], column["quantity"], column[worth], column["source"]), pools
        )

    true, known = valued("worth"), valued("known_worth")
    return pa.table(
        {
            "event_id": legs["event_id"], "sku": legs["sku"], "quantity": legs["quantity"], "leg": legs["leg"],
            "value": pa.array(true.value, pa.int64()), "known_value": pa.array(known.value, pa.int64()),
            "units_before": pa.array(true.units_before, pa.int64()),
            "value_before": pa.array(true.value_before, pa.int64()),
            "known_value_before": pa.array(known.value_before, pa.int64()),
        }
    )  # fmt: skip


_LOOPS: dict[str, Callable[[duckdb.DuckDBPyConnection], pa.Table]] = {
    "credit_matches": _match_credits,
    "valued_legs": _value_legs,
}


def _write(connection: duckdb.DuckDBPyConnection, query: Path, target: Path) -> None:
    table = connection.sql(query.read_text("utf-8")).to_arrow_table()
    pq.write_table(table, target, compression="zstd")
