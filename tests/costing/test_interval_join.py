"""FIFO by another road: the first units in are the first units out, so takes are overlaps of two rows of intervals.

Each receipt and each issue of a sku and place covers an interval of the units that ever came, or ever left, there. One
SQL statement joins the two where they overlap; the kernel, which queues layers, has to take the same.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

import companies
from tieout.costing import kernel
from tieout.costing.events import FIFO, IN, NO_ROW, NO_VALUE, OUT, Legs

SKUS, PLACES = 7, 3
START = datetime(2025, 1, 1, tzinfo=UTC)
Take = tuple[int, int, int, int]  # issue, receipt, quantity, amount

# A layer's value leaves it take by take, each part of what is left rounded half up: hence the recursion.
INTERVAL_JOIN = """
with recursive intervals as (
    select *, sum(quantity) over so_far - quantity as starts, sum(quantity) over so_far as ends
    from events
    window so_far as (partition by sku, place, is_receipt order by row)
),
shares as (
    select
        issues.row as issue, receipts.row as receipt, receipts.value,
        receipts.ends - greatest(receipts.starts, issues.starts) as remaining,
        least(receipts.ends, issues.ends) - greatest(receipts.starts, issues.starts) as quantity,
        row_number() over (partition by receipts.row order by issues.row) as turn
    from intervals as receipts
    join intervals as issues
        on receipts.sku = issues.sku and receipts.place = issues.place
        and receipts.starts < issues.ends and issues.starts < receipts.ends
    where receipts.is_receipt and not issues.is_receipt
),
takes as (
    select *, (2 * value * quantity + remaining) // (2 * remaining) as amount from shares where turn = 1
    union all
    select
        next.* replace (takes.value - takes.amount as value),
        (2 * (takes.value - takes.amount) * next.quantity + next.remaining) // (2 * next.remaining)
    from takes
    join shares as next on takes.receipt = next.receipt and takes.turn + 1 = next.turn
)
select issue, receipt, quantity, amount from takes order by issue, receipt
"""


def history(seed: int, events: int, unit: int = 1, largest_cost: int = 5_000) -> pd.DataFrame:
    """Receipts, and issues of no more than is there: one row per event, sku after sku, each in the order of time.

    Quantities are multiples of ``unit`` 1/10,000, from a handful to a hundred thousand of them. Unit costs and values
    in minor units. With a ``unit`` above 1, the costs are such that every multiple of it has a whole value.
    """
    random = np.random.default_rng(seed)
    on_hand = np.zeros((SKUS, PLACES), np.int64)
    step = 10_000 // unit if unit > 1 else 1
    rows = []
    for moment in range(events):
        sku, place = int(random.integers(SKUS)), int(random.integers(PLACES))
        quantity = int(random.integers(1, 10 ** random.integers(1, 6))) * unit
        is_receipt = on_hand[sku, place] == 0 or random.random() < 0.4
        if not is_receipt:
            quantity = min(quantity, int(on_hand[sku, place]))
        on_hand[sku, place] += quantity if is_receipt else -quantity
        cost = int(random.integers(largest_cost // step)) * step
        rows.append((sku, place, moment, bool(is_receipt), quantity, cost, (2 * quantity * cost + 10_000) // 20_000))
    columns = ["sku", "place", "moment", "is_receipt", "quantity", "unit_cost", "value"]
    by_sku = pd.DataFrame(rows, columns=columns).sort_values(["sku", "moment"], ignore_index=True)
    return by_sku.reset_index(names="row")


def joined(events: pd.DataFrame) -> list[Take]:
    """What the statement takes; value and quantity as 128-bit numbers, so that no product wraps."""
    with duckdb.connect() as connection:
        connection.register("frame", events)
        connection.execute("create table events as select * replace (value::hugeint as value) from frame")
        return connection.execute(INTERVAL_JOIN).fetchall()


def queued(events: pd.DataFrame) -> list[Take]:
    """What the kernel takes."""
    takes = kernel.replay(as_legs(events)).takes
    columns = (takes.leg, takes.origin, takes.quantity, takes.amount)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def as_legs(events: pd.DataFrame) -> Legs:
    is_receipt, cell = events.is_receipt.to_numpy(), (events.sku * PLACES + events.place).to_numpy()
    nothing = np.full(len(events), NO_ROW)
    return Legs(
        op=np.where(is_receipt, IN, OUT).astype(np.int8),
        cell_from=np.where(is_receipt, NO_ROW, cell),
        cell_to=np.where(is_receipt, cell, NO_ROW),
        quantity=events["quantity"].to_numpy(),
        value=np.where(is_receipt, events.value.to_numpy(), NO_VALUE),
        source=nothing,
        standard=nothing,
        pool_offsets=np.searchsorted(events.sku.to_numpy(), np.arange(SKUS + 1)),
        cell_method=np.full(SKUS * PLACES, FIFO, np.int8),
        scale=2,
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_queue_takes_what_the_intervals_share(seed: int) -> None:
    events = history(seed, events=4_000)
    takes = queued(events)
    assert takes == joined(events)
    assert len(takes) > 1.2 * (~events.is_receipt).sum()


def test_they_agree_where_products_leave_64_bits() -> None:
    events = history(seed=5, events=2_000, largest_cost=10**15)
    assert max(events["quantity"] * events["value"].astype(object)) > 2**63
    assert queued(events) == joined(events)


def test_where_every_share_is_whole_a_take_is_quantity_times_unit_cost() -> None:
    events = history(seed=6, events=4_000, unit=2_500)
    takes = queued(events)
    assert takes == joined(events)
    assert [amount for *_, amount in takes] == [
        quantity * events.at[receipt, "unit_cost"] // 10_000 for _, receipt, quantity, _ in takes
    ]


def test_what_is_taken_whole_gave_its_whole_value() -> None:
    events = history(seed=7, events=4_000)
    takes = pd.DataFrame(queued(events), columns=["issue", "receipt", "quantity", "amount"])
    taken = takes.groupby("receipt")[["quantity", "amount"]].sum()
    receipts = events.set_index("row").loc[taken.index]
    is_empty = taken["quantity"] == receipts["quantity"]
    assert is_empty.sum() > 1_000
    assert taken["amount"][is_empty].tolist() == receipts["value"][is_empty].tolist()
    assert (taken["amount"] <= receipts["value"]).all()
    issued = takes.groupby("issue")["quantity"].sum()
    assert issued.to_dict() == events[~events.is_receipt].set_index("row")["quantity"].to_dict()


def test_the_exported_takes_are_the_shares_too(tmp_path: Path) -> None:
    events = history(seed=8, events=400)
    company = companies.explain(companies.write(tmp_path, {"stock_events": as_text(events)}))
    takes = ["event_id, sku, location, receipt_event_id, quantity, amount"]
    for issue, receipt, quantity, amount in joined(events):
        issued_from = f"S{events.at[issue, 'sku']}, P{events.at[issue, 'place']}"
        money, units = Decimal(amount).scaleb(-2), Decimal(quantity).scaleb(-4)
        takes.append(f"E{issue}, {issued_from}, E{receipt}, {units:f}, {money:f}")
    columns, wanted = companies.wanted("\n".join(takes))
    assert companies.lines(company.table("layer_issues"), columns) == wanted


def as_text(events: pd.DataFrame) -> str:
    """The events as a canonical table, in the order of time."""
    lines = ["event_id, type, sku, quantity, from_location, to_location, unit_cost, occurred_at"]
    for event in events.sort_values("moment").itertuples():
        kind, places = ("receipt", f", P{event.place}") if event.is_receipt else ("shipment", f"P{event.place}, ")
        cost = Decimal(event.unit_cost).scaleb(-2) if event.is_receipt else ""
        quantity, moment = Decimal(event.quantity).scaleb(-4), START + timedelta(minutes=event.moment)
        lines.append(f"E{event.Index}, {kind}, S{event.sku}, {quantity:f}, {places}, {cost}, {moment.isoformat()}")
    return "\n".join(lines)
