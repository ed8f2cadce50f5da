"""TikTok Shop: orders share what each of their rows repeats; the income statement's rows are parted into amounts."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

ORDERS = "source_file = 'exports/tiktok_orders/orders.xlsx'"
INCOME = "source_file = 'exports/tiktok_income/income.xlsx'"


def test_only_the_sellers_discount_counts_and_the_order_is_shared(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select line_no, sku, quantity, unit_price, discount, shipping, tax, ordered_at, source_row from order_lines"
        f" where {ORDERS} and order_id = '576000000000000001' order by line_no"
    )
    at = datetime(2025, 10, 14, 1, 25, 41, tzinfo=UTC)
    assert lines == [
        ("1729:1", "MUG", 2, 20, 4, Decimal("3.75"), Decimal("2.25"), at, 3),
        ("1730:1", "1730", 1, 12, 0, Decimal("1.25"), Decimal("0.75"), at, 4),
    ]


def test_a_cancellation_dates_its_refund_and_others_are_missed_aloud(loaded: Loaded) -> None:
    refunds = loaded.rows(f"select order_id, amount, refunded_at, restock_type from refunds where {ORDERS}")
    assert refunds == [("576000000000000002", 20, datetime(2025, 10, 14, 14, tzinfo=UTC), "cancel")]
    found = loaded.rows(
        "select quantity, amount from load_findings where finding = 'undated_refund' and id like '%tiktok%'"
    )
    assert found == [(1, 10)]


def test_a_statement_is_a_settlement(loaded: Loaded) -> None:
    settlements = loaded.rows(
        f"select settlement_id, gross, fees, refunds, net from settlements where {INCOME} order by 1"
    )
    assert settlements == [
        ("tiktok 2025-10-20", 48, Decimal("9.90"), 0, Decimal("38.10")),
        ("tiktok 2025-10-27", 6, Decimal("1.90"), 10, Decimal("-5.90")),
    ]
    lines = loaded.rows(
        f"select type, order_id, sum(amount) from settlement_lines where {INCOME} group by all order by all"
    )
    assert lines == [
        ("fee", "576000000000000001", Decimal("-9.30")), ("fee", None, Decimal("-2.50")),
        ("refund", "576000000000000001", Decimal(-10)), ("reimbursement", "576000000000000001", Decimal(6)),
        ("sale", "576000000000000001", Decimal(48)),
    ]  # fmt: skip


def test_fees_are_costs_by_type_and_ads_are_fees(loaded: Loaded) -> None:
    fees = loaded.rows(f"select type, sum(amount) from fees where {INCOME} group by 1 order by 1")
    assert fees == [
        ("advertising", Decimal("4.50")), ("fulfilment", Decimal("3.50")), ("other", Decimal("0.32")),
        ("payment", Decimal("1.20")), ("referral", Decimal("2.28")),
    ]  # fmt: skip
