"""Walmart's reconciliation report: every amount is a line of the payment that its first row states."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

FILE = "source_file = 'exports/walmart_recon/recon.csv'"


def test_the_summary_row_is_the_settlement(loaded: Loaded) -> None:
    settlements = loaded.rows(
        f"select settlement_id, ends_at, paid_at, gross, fees, refunds, net, currency from settlements where {FILE}"
    )
    assert settlements == [
        ("walmart 2025-10-14", datetime(2025, 10, 14, 4, tzinfo=UTC), datetime(2025, 10, 16, 4, tzinfo=UTC), 56,
         Decimal("10.16"), 20, Decimal("25.84"), "USD"),
    ]  # fmt: skip


def test_amounts_are_lines_by_type_and_units_count_once(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select type, sum(amount), sum(quantity) from settlement_lines where {FILE} group by 1 order by 1"
    )
    assert lines == [
        ("fee", Decimal("-10.16"), None), ("refund", Decimal(-20), Decimal(1)), ("reimbursement", Decimal(12), None),
        ("reserve", Decimal(-2), None), ("sale", Decimal(46), Decimal(2)), ("tax", Decimal(0), None),
    ]  # fmt: skip


def test_fees_and_refunds_stand_apart(loaded: Loaded) -> None:
    fees = loaded.rows(f"select type, sum(amount) from fees where {FILE} group by 1 order by 1")
    assert fees == [("fulfilment", Decimal("7.16")), ("referral", Decimal(3))]
    refunds = loaded.rows(f"select order_id, sku, amount, tax, refunded_at from refunds where {FILE}")
    assert refunds == [("2001", "MUG", 20, 0, datetime(2025, 10, 13, 4, tzinfo=UTC))]
