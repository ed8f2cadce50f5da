"""Shopify's orders from the API: what stands inside as json is parted, and only what is needed of it is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

FILE = "source_file = 'exports/shopify_api_orders/orders.csv'"


def test_items_have_their_own_discount_and_tax_and_share_the_shipping(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select order_id, line_no, sku, quantity, unit_price, discount, shipping, tax, ordered_at from order_lines"
        f" where {FILE} order by line_no"
    )
    first, second = datetime(2025, 11, 1, 2, 30, tzinfo=UTC), datetime(2025, 11, 1, 10, tzinfo=UTC)
    assert lines == [
        ("#2001", "11", "MUG", 3, 10, 3, 6, Decimal("2.70"), first),
        ("#2001", "12", "Tip", 1, 5, 0, 1, 0, first),
        ("#2002", "13", "PLATE", 2, 10, Decimal("3.33"), 5, Decimal("3.33"), second),
    ]


def test_refunds_have_items_dates_and_shipping(loaded: Loaded) -> None:
    refunds = loaded.rows(
        "select refund_id, line_no, sku, quantity, amount, tax, shipping, restock_type, refunded_at from refunds"
        f" where {FILE} order by line_no nulls last"
    )
    at = datetime(2025, 11, 3, 14, tzinfo=UTC)
    assert refunds == [
        ("91:81", "11", "MUG", 1, 9, Decimal("0.90"), None, "return", at),
        ("91:71", None, None, None, 0, 0, 2, None, at),
    ]


def test_a_rejected_row_shows_nothing_of_the_json_but_what_is_kept(loaded: Loaded) -> None:
    ((reason, content),) = loaded.rows(
        "select reason, content from rejected_rows where file = 'exports/shopify_api_orders/orders.csv'"
    )
    assert reason == "a test order"
    assert "MUG" in str(content)
    assert "note" not in str(content)
