"""Shopify orders: what belongs to the order is shared by its lines, and dates come with their own zone."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

FILE = "source_file = 'exports/shopify_orders/orders_export_1.csv'"


def test_discount_shipping_and_tax_are_shared_by_value(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select line_no, sku, quantity, unit_price, discount, shipping, tax from order_lines"
        f" where {FILE} and order_id = '#1002' order by line_no"
    )
    assert lines == [
        ("1", "BOWL", 1, 20, Decimal("3.33"), Decimal("1.67"), Decimal("1.33")),
        ("2", "MUG", 3, 10, Decimal("5.00"), Decimal("2.50"), Decimal("2.00")),
        ("3", "PLATE", 1, 10, Decimal("1.67"), Decimal("0.83"), Decimal("0.67")),
    ]


def test_each_line_has_the_orders_time_and_channel(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select order_id, sku, channel, ordered_at, cancelled_at is not null, source_row from order_lines"
        f" where {FILE} and order_id in ('#1003', '#1004') order by all"
    )
    assert lines == [
        ("#1003", "MUG", "580111", datetime(2025, 11, 2, 5, 30, tzinfo=UTC), True, 4),
        ("#1004", "PLATE", "web", datetime(2025, 11, 2, 6, 30, tzinfo=UTC), False, 2),
        ("#1004", "Tip", "web", datetime(2025, 11, 2, 6, 30, tzinfo=UTC), False, 3),
    ]


def test_tax_inside_the_prices_is_taken_out_of_them(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select currency, unit_price, discount, shipping, tax, times(quantity, unit_price) - discount from order_lines"
        f" where {FILE} and order_id = '#1005'"
    )
    assert lines == [("EUR", Decimal("10.000000"), Decimal("0.83"), Decimal("4.00"), Decimal("5.83"), Decimal("29.17"))]


def test_a_refund_is_dated_by_the_cancellation_or_missed_aloud(loaded: Loaded) -> None:
    refunds = loaded.rows(f"select order_id, amount, refunded_at, restock_type from refunds where {FILE}")
    assert refunds == [("#1003", Decimal("24.00"), datetime(2025, 11, 3, 14, tzinfo=UTC), "cancel")]
    found = loaded.rows(
        "select quantity, amount from load_findings where finding = 'undated_refund' and id like '%shopify_orders%'"
    )
    assert found == [(1, 10)]
