"""A synthetic company, from its first order to the files that a user brings: the whole story on one page.

A brand lives its days (``world``); its goods are valued (``valuation``); the clean journal follows from both, and the
ledger from what connectors and people make of that journal (``sql/``, in the order of ``TABLES``). The truth is written
down as correction lines, and proven: recorded + truth = the clean journal. Nothing here is shared with the engine.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa

from tieout.demo.brand import export_files, mess, supply, trading, valuation, world
from tieout.demo.brand.plan import Plan
from tieout.errors import InputError

_SQL = files("tieout.demo.brand") / "sql"
TABLES = (
    "months", "places", "accounts", "rates", "believed_costs", "receipt_costs", "freight_shares", "flaws",
    "opening_doubts", "legs", "sales", "payouts", "journal_lines", "accruals", "journal", "events", "mismaps",
    "ruled", "outages", "effects", "other_versions", "plants", "booked", "extras", "lines", "entries", "truth",
    "messages", "drifts",
)  # fmt: skip
CANONICAL = (
    "items", "locations", "channels", "kit_components", "order_lines", "refunds", "fees", "settlements",
    "settlement_lines", "stock_events", "costs", "cost_table", "purchase_lines", "vendor_payments", "gl_lines",
    "gl_accounts", "trial_balance", "connector_messages", "batch_members", "fiscal_periods", "exchange_rates",
    "stock_snapshots", "cycle_counts", "close_log", "truth",
)  # fmt: skip
COMMON = ("locations", "gl_accounts", "fiscal_periods", "exchange_rates", "close_log")  # the same for all brands
TRUTH = "truth.parquet"
_PLACES = {"truth": "results"}
# How the parts of several brands become one file.
_COMBINED = {
    "truth": "from read_parquet($parts) order by all",
    "trial_balance": """
        select period, account, sum(opening)::decimal(18, 2) as opening, sum(debit)::decimal(18, 2) as debit,
            sum(credit)::decimal(18, 2) as credit, sum(closing)::decimal(18, 2) as closing
        from read_parquet($parts)
        group by period, account
        order by period, account
    """,
}


class NotReconciled(Exception):
    """The planted truth does not turn the recorded book into the clean journal: a fault of this program."""


def build(folder: Path, plan: Plan) -> None:
    """Write the company to ``folder``: configuration, canonical tables, ``truth.parquet`` and, if planned, exports.

    What an earlier demo left there is replaced, once the new one is complete, and what was reconciled and scored of it
    goes. Raises InputError where the folder holds anything else, or the plan wants exports of several brands or of bad
    rows, NotReconciled if recorded + truth is not the clean journal.
    """
    if plan.has_exports and (plan.scale > 1 or plan.is_messy):
        raise InputError("--files writes one brand, and none of its rows is bad: leave out --scale and --messy.")
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / TRUTH).is_file():
        raise InputError(f"{folder} holds files that no demo wrote. Name an empty folder, or one of an earlier demo.")
    with tempfile.TemporaryDirectory(dir=folder, prefix=".demo-") as made:
        new, old = Path(made) / "new", Path(made) / "old"
        _write_company(new, plan)
        old.mkdir()
        for name in ("canonical", "exports", export_files.BESIDE, TRUTH, "tieout.*", "score.*"):
            for path in folder.glob(name):
                path.rename(old / path.name)
        for path in sorted(new.iterdir()):
            path.rename(folder / path.name)


def _write_company(folder: Path, plan: Plan) -> None:
    """Brand by brand, as many at a time as there are processors, so that only a few are ever held in memory."""
    canonical = folder / "canonical"
    canonical.mkdir(parents=True)
    if plan.scale == 1:
        _write_brand(folder, plan, 0)
    else:
        with ProcessPoolExecutor(max_tasks_per_child=1, mp_context=get_context("spawn")) as workers:
            for brand in [workers.submit(_write_brand, folder, plan, number) for number in range(plan.scale)]:
                brand.result()
    connection = duckdb.connect()
    for name in (*COMMON, "trial_balance", "truth"):
        target = folder / TRUTH if name == "truth" else canonical / f"{name}.parquet"
        query = _COMBINED.get(name, "from read_parquet($parts[1:1])")
        parts = [str(path) for path in sorted((canonical / name).glob("*.parquet"))]
        connection.sql(query, params={"parts": parts}).write_parquet(str(target), compression="zstd")
        shutil.rmtree(canonical / name)
    if plan.is_messy:
        mess.add(canonical)
    config = files("tieout.demo.brand").joinpath("tieout.toml").read_text("utf-8")
    (folder / "tieout.toml").write_text(export_files.config() if plan.has_exports else config, "utf-8")


def _write_brand(folder: Path, plan: Plan, brand: int) -> None:
    """One part of each table; ``truth`` among them."""
    connection = tables(plan, brand)
    check(connection)
    queries = {name: (_SQL / _PLACES.get(name, "canonical") / f"{name}.sql").read_text("utf-8") for name in CANONICAL}
    if plan.has_exports:
        queries = export_files.bring(connection, queries)
        export_files.write(connection, folder, [name for name in CANONICAL if name != "truth"])
    for name, query in queries.items():
        part = folder / "canonical" / name / f"{brand:03}.parquet"
        part.parent.mkdir(exist_ok=True)
        connection.sql(query).write_parquet(str(part), compression="zstd")


def tables(plan: Plan, brand: int) -> duckdb.DuckDBPyConnection:
    """A database in memory with all working tables of one brand."""
    connection = duckdb.connect()
    ends = (world.EPOCH_DAY + plan.days) * world.DAY
    variables = {
        "seed": f"{plan.seed}/{brand}", "days": plan.days, "ends": ends, "settled": ends - 14 * world.DAY,
        "labour": supply.LABOUR, "prefix": plan.prefix(brand), "is_summarised": plan.is_summarised,
    }  # fmt: skip
    for name, value in variables.items():
        connection.execute(f"set variable {name} = $value", {"value": value})
    connection.execute((_SQL / "macros.sql").read_text("utf-8"))
    rows = world.simulate(plan, brand)
    for name, columns in world.COLUMNS.items():
        _register(connection, name, columns.split(), rows[name])
    _register(connection, "errors", ["cause", "rate"], [(k, int(v * 1_000_000)) for k, v in plan.rates.items()])
    _register(connection, "channels", _CHANNEL_COLUMNS, [_channel(channel) for channel in trading.CHANNELS])
    if plan.has_exports:
        export_files.prepare(connection)
    for name in TABLES:
        if name in _LOOPS:
            _LOOPS[name](connection)
        else:
            connection.execute(f"create table {name} as {(_SQL / f'{name}.sql').read_text('utf-8')}")
    return connection


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise NotReconciled unless every entry balances and recorded + truth is the clean journal."""
    for query in sorted((_SQL / "checks").iterdir(), key=lambda path: path.name):
        wrong = connection.sql(query.read_text("utf-8")).fetchall()
        if wrong:
            raise NotReconciled(f"{query.name}: {len(wrong)} rows, the first: {wrong[0]}")


def _rates(connection: duckdb.DuckDBPyConnection) -> None:
    """Rates of the euro, day by day, from two months before the history on; a walk in ten-thousandths."""
    random, rate, rows = Random("rates"), 10_800, []
    days = connection.execute("select getvariable('days')").fetchall()[0][0]
    for day in range(-60, days):
        rate = min(max(rate + int(random.random() * 61) - 30, 10_200), 11_600)
        rows += [("EUR", world.START + timedelta(days=day), rate), ("USD", world.START + timedelta(days=day), 10_000)]
    _register(connection, "rates", ["currency", "rate_date", "rate"], rows)


def _legs(connection: duckdb.DuckDBPyConnection) -> None:
    """The legs of all stock events with their values, and what was estimated and put right later."""
    events = connection.sql("from stock_events").to_arrow_table().to_pylist()
    legs = valuation.legs_of(events, _parts(connection))
    worth, known_worth = _worths(connection)
    by_recording = sorted(range(len(legs)), key=lambda number: (legs[number].recorded_at, number))
    true = valuation.value(legs, worth, supply.LABOUR)
    known = valuation.value(legs, known_worth, supply.LABOUR)
    averaged = valuation.value(legs, known_worth, supply.LABOUR, is_average=True)
    pooled = valuation.value(legs, known_worth, supply.LABOUR, is_one_pool=True)
    as_known = valuation.value(legs, known_worth, supply.LABOUR, by_recording)

    def unless_short(valued: valuation.Valued, number: int) -> int | None:
        """A value by another rule; none where estimates would have to follow the goods from place to place."""
        return None if legs[number].sku in valued.short else valued.value[number]

    _register(connection, "legs", _LEG_COLUMNS, [
        (
            number, leg.event_id, leg.kind, leg.sku, leg.quantity, leg.source and leg.source[1],
            leg.target and leg.target[1], leg.occurred_at, leg.gives_back, leg.is_damaged, true.value[number],
            known.value[number], unless_short(averaged, number), unless_short(pooled, number),
            unless_short(as_known, number), known.units_before[number], known.cents_before[number],
            known.cents_before[number] == true.cents_before[number],
        )
        for number, leg in enumerate(legs)
    ])  # fmt: skip
    _register(connection, "true_ups", ["leg", "covered_at", "amount", "known"], [
        (leg, legs[cover].occurred_at, more, known_more)
        for (leg, cover, more), (_, _, known_more) in zip(true.true_ups, known.true_ups, strict=True)
    ])  # fmt: skip


def _parts(connection: duckdb.DuckDBPyConnection) -> Callable[[str, int], list[tuple[str, int]]]:
    """What one unit of an item consists of at a moment: the components of a virtual kit, else itself."""
    parts: dict[str, list[tuple[str, int, int, int]]] = {}
    for kit, sku, units, start, end in connection.sql("""
        select kit_sku, component_sku, quantity, coalesce(valid_from, 0), coalesce(valid_to, getvariable('ends'))
        from kit_components
        where kit_sku in (select sku from items where kind = 'virtual')
        order by kit_sku, component_sku
    """).fetchall():
        parts.setdefault(kit, []).append((sku, units, start, end))

    def parts_of(sku: str, moment: int) -> list[tuple[str, int]]:
        if sku not in parts:
            return [(sku, 1)]
        return [(part, units) for part, units, start, end in parts[sku] if start <= moment < end]

    return parts_of


def _worths(connection: duckdb.DuckDBPyConnection) -> tuple[dict[str, int], dict[str, int]]:
    """Cents that openings and receipts brought: truly, and as far as the books' costing system knows."""
    rows = connection.sql("""
        with brought as (
            select event_id, own + more as worth from receipt_costs
            union all
            select event_id, amount from freight_shares
            union all
            select event_id, quantity * unit_cost from stock_events where type = 'opening'
        )
        select event_id, sum(worth)::bigint, (sum(worth) - coalesce(any_value(less), 0))::bigint
        from brought
        left join (select event_id, sum(less) as less from flaws group by event_id) using (event_id)
        group by event_id
    """).fetchall()
    return {event: true for event, true, _ in rows}, {event: known for event, _, known in rows}


def _channel(channel: trading.Channel) -> tuple[Any, ...]:
    return channel.name, channel.name.title(), channel.kind, channel.return_window, channel.payout_days


_CHANNEL_COLUMNS = ["channel", "name", "type", "return_window", "payout_days"]
_LEG_COLUMNS = [
    "number", "event_id", "kind", "sku", "quantity", "from_place", "to_place", "occurred_at", "gives_back",
    "is_damaged", "value", "known", "averaged", "pooled", "as_known", "units_before", "cents_before",
    "is_pool_known",
]  # fmt: skip
_TEXT = (
    "basis cancel_reason category cause channel cost_id count_id currency discount_funded_by "
    "disposition document component_sku event_id fee_id from_location from_place kind kit_sku location name "
    "order_id owner payment_id po_id reason refund_id restock_type shipment_id sku source_event_id "
    "system tax_collected_by to_location to_place type vendor"
)
_TYPES = {
    **dict.fromkeys(_TEXT.split(), pa.string()),
    **dict.fromkeys(("is_damaged", "is_pool_known", "is_prepayment"), pa.bool_()),
    "rate_date": pa.date32(),
}  # fmt: skip
_LOOPS = {"rates": _rates, "legs": _legs}


def _register(
    connection: duckdb.DuckDBPyConnection, name: str, columns: list[str], rows: list[tuple[Any, ...]]
) -> None:
    values = zip(*rows, strict=True) if rows else ([] for _ in columns)
    made = pa.table({
        column: pa.array(column_values, _TYPES.get(column, pa.int64()))
        for column, column_values in zip(columns, values, strict=True)
    })  # fmt: skip
    connection.register("made", made)
    connection.execute(f"create table {name} as from made")
    connection.unregister("made")
