"""Etsy: the statement's amounts belong to the next deposit; sold items share what their order was charged."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

STATEMENT = "source_file = 'exports/etsy_statement/etsy_statement_2025_10.csv'"
ITEMS = "source_file = 'exports/etsy_sold_items/EtsySoldOrderItems2025-10.csv'"


def test_a_deposit_is_a_settlement(loaded: Loaded) -> None:
    settlements = loaded.rows(
        f"select settlement_id, paid_at, gross, fees, refunds, net from settlements where {STATEMENT}"
    )
    paid = datetime(2025, 10, 13, 4, tzinfo=UTC)
    assert settlements == [("etsy 2025-10-13", paid, Decimal("79.89"), Decimal("14.82"), 10, Decimal("55.07"))]


def test_equal_rows_are_real_and_amounts_wait_for_their_deposit(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select settlement_id, type, count(*), sum(amount) from settlement_lines"
        f" where {STATEMENT} group by all order by all"
    )
    assert lines == [
        ("etsy 2025-10-13", "fee", 6, Decimal("-14.82")), ("etsy 2025-10-13", "refund", 1, Decimal(-10)),
        ("etsy 2025-10-13", "sale", 1, Decimal("84.80")), ("etsy 2025-10-13", "tax", 2, Decimal("-4.91")),
        ("etsy, not deposited", "fee", 1, Decimal("-0.20")),
    ]  # fmt: skip


def test_fees_are_costs_by_type(loaded: Loaded) -> None:
    fees = loaded.rows(f"select type, sum(amount) from fees where {STATEMENT} group by 1 order by 1")
    assert fees == [("advertising", 9), ("payment", Decimal("2.17")), ("referral", Decimal("3.85"))]


def test_a_refund_names_its_order(loaded: Loaded) -> None:
    assert loaded.rows(f"select order_id, amount, settlement_id from refunds where {STATEMENT}") == [
        ("6001", 10, "etsy 2025-10-13")
    ]


def test_items_share_shipping_and_tax_by_value(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select order_id, sku, quantity, unit_price, discount, shipping, tax from order_lines where {ITEMS}"
        " order by line_no"
    )
    assert lines == [
        ("6001", "MUG", 3, 20, 10, Decimal("3.33"), Decimal("3.20")),
        ("6001", "8002", 1, 30, 0, Decimal("1.67"), Decimal("1.60")),
        ("6002", "MUG", 1, 20, 0, 0, 0),
    ]
