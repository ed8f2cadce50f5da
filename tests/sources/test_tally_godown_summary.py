"""Tally's godown summary: the items alone, at the end of the last day, at the godown named above."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

FILE = "source_file like 'exports/tally_godown_summary/Godown.xlsx%'"


def test_items_are_told_from_groups_by_their_letters(loaded: Loaded) -> None:
    items = loaded.rows(
        f"select sku, quantity, unit_cost, value, location from stock_snapshots where {FILE} order by source_row"
    )
    assert items == [
        ("MUG", 2, 50, Decimal("100.00"), "Pune Store"),
        ("BOWL", 4, 51, Decimal("204.00"), "Pune Store"),
        ("CANDLE-P2", -1, 20, Decimal("-20.00"), "Pune Store"),
        ("WICK", 0, None, Decimal("0.00"), "Pune Store"),
    ]


def test_the_count_is_of_the_last_day_on_the_companys_clock(loaded: Loaded) -> None:
    times = loaded.rows(f"select distinct system, taken_at from stock_snapshots where {FILE}")
    assert times == [("tally", datetime(2025, 10, 1, 3, 59, 59, tzinfo=UTC))]


def test_a_group_with_stock_and_no_items_is_named(loaded: Loaded) -> None:
    found = loaded.rows(
        "select split_part(message, ' ', 1), quantity, amount from load_findings"
        " where finding = 'collapsed_group' order by 1"
    )
    assert found == [("Bundles", 3, 60), ("Seconds", -3, -60)]
