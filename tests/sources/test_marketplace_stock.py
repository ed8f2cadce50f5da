"""Stock in warehouses of others and in stores: snapshots by state; Flipkart's ledger also says what moved."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

END = datetime(2025, 10, 31, 18, 29, 59, tzinfo=UTC)


def test_easyecom_parts_stock_by_state(loaded: Loaded) -> None:
    rows = loaded.rows(
        "select sku, location, taken_at, status, quantity, unit_cost from stock_snapshots where system = 'easyecom'"
        " order by sku, status"
    )
    taken = datetime(2025, 10, 31, 17, 37, tzinfo=UTC)
    cost = Decimal("16.384615")
    assert rows == [
        ("MUG", "Tiny Shop - Pune", taken, "available", 1065, cost),
        ("MUG", "Tiny Shop - Pune", taken, "damaged", 13, cost),
        ("MUG", "Tiny Shop - Pune", taken, "quality_control", 9, cost),
        ("MUG", "Tiny Shop - Pune", taken, "reserved", 7, cost),
        ("MUG", "Tiny Shop - Pune", taken, "returned", 2, cost),
        ("PLATE", "Tiny Shop - Pune", taken, "available", 0, Decimal("22.5")),
    ]


def test_flipkarts_movements_lead_from_one_balance_to_the_next(loaded: Loaded) -> None:
    file = "source_file = 'exports/flipkart_inventory_ledger/ledger.xlsx'"
    moved = loaded.rows(
        "select sku, sum(quantity * ((to_location is not distinct from 'pnq_01')::integer"
        " - (from_location is not distinct from 'pnq_01')::integer)) from stock_events"
        f" where {file} group by 1 order by 1"
    )
    held = loaded.rows(
        f"select sku, sum(quantity) from stock_snapshots where {file} and taken_at = '{END}' group by 1 order by 1"
    )
    assert moved == held == [("MUG", 12), ("PLATE", 4)]


def test_flipkart_opens_once_and_recalls_what_was_not_rejected(loaded: Loaded) -> None:
    events = loaded.rows(
        "select type, from_location, to_location, to_status, quantity, occurred_at from stock_events"
        " where system = 'flipkart' and reason in ('opening', 'opening unsellable', 'seller recalls', 'IWIT outward')"
        " order by occurred_at, reason"
    )
    starts = datetime(2025, 8, 31, 18, 30, tzinfo=UTC)
    assert events == [
        ("opening", None, "pnq_01", "available", 10, starts),
        ("opening", None, "pnq_01", "damaged", 2, starts),
        ("transfer", "pnq_01", "own warehouse", None, 2, datetime(2025, 9, 30, 18, 29, 59, tzinfo=UTC)),
        ("transfer", "pnq_01", "flipkart", None, 3, END),
    ]


def test_myntras_ages_and_zwings_batches_are_one_stock(loaded: Loaded) -> None:
    rows = loaded.rows(
        "select system, sku, location, status, quantity, unit_cost from stock_snapshots"
        f" where system in ('myntra', 'zwing') and taken_at = '{END}' order by all"
    )
    assert rows == [
        ("myntra", "MUG", "BLR", "available", 1, Decimal("16.4")),
        ("myntra", "MUG", "PNQ", "available", 7, Decimal("16.4")),
        ("myntra", "PLATE", "PNQ", "available", 0, Decimal("22.5")),
        ("zwing", "27-0", "RAI", "available", 0, Decimal("22.5")),
        ("zwing", "MUG", "PUN", "available", 14, Decimal("16.4")),
        ("zwing", "MUG", "PUN", "damaged", 1, Decimal("16.4")),
    ]
