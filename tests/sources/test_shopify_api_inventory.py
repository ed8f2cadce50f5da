"""Shopify's inventory tables: what is kept, what one costs, and what is on hand where."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

LEVELS = "exports/shopify_api_inventory_levels/"


def test_what_is_on_hand_goes_before_what_is_free_to_sell(loaded: Loaded) -> None:
    counts = loaded.rows(
        "select sku, location, status, quantity, taken_at from stock_snapshots"
        f" where starts_with(source_file, '{LEVELS}') order by sku, location"
    )
    # A level that did not change is landed no more; it still holds when others were landed last.
    fivetran, airbyte = datetime(2025, 11, 20, 4, tzinfo=UTC), datetime(2025, 11, 21, 5, tzinfo=UTC)
    assert counts == [
        ("SH-BOWL", "63", None, 9, airbyte),
        ("SH-BOWL", "64", "available", -2, airbyte),
        ("SH-CUP", "Portland Dock", None, 0, fivetran),
        ("SH-JUG", "Portland Dock", None, 40, fivetran),
    ]
    reason = "of no inventory item at hand: bring that table, too (an item without a sku has no count)"
    assert loaded.rows(f"select file, row, reason from rejected_rows where starts_with(file, '{LEVELS}')") == [
        (f"{LEVELS}inventory_level.csv", 4, reason)
    ]


def test_items_have_their_costs_and_prices(loaded: Loaded) -> None:
    items = loaded.rows(
        "select sku, standard_cost, currency, list_price, is_stocked from items where sku like 'SH-%' order by sku"
    )
    assert items == [
        ("SH-BOWL", Decimal("4.10"), "EUR", None, True),
        ("SH-CUP", None, None, None, True),
        ("SH-JUG", Decimal("6.25"), "USD", 24, True),
        ("SH-TRAY", None, None, Decimal("9.50"), None),
    ]
