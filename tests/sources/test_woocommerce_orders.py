"""WooCommerce orders: money without tax, the order's discount shared, the same whether its row is repeated or not."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

REPEATED = "source_file = 'exports/woocommerce_orders/orders-2026-02.csv'"
FIRST_ROW = "source_file = 'exports/woocommerce_orders/orders_first_row_only.csv'"


def test_costs_after_the_discount_become_prices_before_it(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select line_no, sku, quantity, times(quantity, unit_price), discount, shipping, tax, ordered_at"
        f" from order_lines where {REPEATED} and order_id = '501' order by line_no"
    )
    night = datetime(2026, 2, 1, 23, 30, tzinfo=UTC)
    assert [(*line[:3], line[4:]) for line in lines] == [
        ("1", "VASE", 2, (Decimal("8.33"), Decimal("4.17"), Decimal("9.17"), night)),
        ("2", "Cup - blue", 3, (Decimal("1.67"), Decimal("0.83"), Decimal("1.83"), night)),
    ]
    assert sum(round(line[3], 2) for line in lines) == 60  # type: ignore[call-overload]


def test_a_row_without_a_number_belongs_to_the_order_above(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select order_id, line_no, sku, quantity, unit_price, discount, tax, currency, paid_at from order_lines"
        f" where {FIRST_ROW} order by line_no"
    )
    paid = datetime(2026, 2, 15, 14, 6, tzinfo=UTC)
    assert lines == [
        ("601", "1", "BOWL", 3, Decimal("3.333333"), Decimal("0.50"), Decimal("2.30"), "EUR", paid),
        ("601", "2", "MUG", 1, 10, Decimal("0.50"), Decimal("2.30"), "EUR", paid),
    ]


def test_a_cancelled_order_is_one_and_a_refund_is_told(loaded: Loaded) -> None:
    cancelled = loaded.rows(f"select order_id from order_lines where {REPEATED} and cancelled_at is not null")
    assert cancelled == [("502",)]
    found = loaded.rows(
        "select quantity, amount from load_findings where finding = 'undated_refund' and id like '%woocommerce%'"
    )
    assert found == [(1, 42)]
    left_out = loaded.rows("select row, reason from rejected_rows where file like '%woocommerce%'")
    assert [row for row, _ in left_out] == [7]


def test_an_order_with_a_refund_keeps_price_and_tax_of_what_is_left(loaded: Loaded) -> None:
    lines = loaded.rows(f"select sku, quantity, unit_price, tax from order_lines where {REPEATED} and order_id = '503'")
    assert lines == [("VASE", 2, 30, 12)]
