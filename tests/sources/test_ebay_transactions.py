"""eBay transactions: fees stand in columns, orders of several items have a head, and payouts tie out."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

FILE = "source_file = 'exports/ebay_transactions/transactions.csv'"


def test_the_items_of_an_order_are_its_lines(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select order_id, sku, quantity, unit_price, shipping, tax, tax_collected_by from order_lines where {FILE}"
        " order by order_id, line_no"
    )
    assert lines == [
        ("11-00001-00001", "MUG", 2, 20, 4, Decimal("3.20"), "channel"),
        ("11-00002-00002", "PLATE", 3, Decimal("23.333333"), 4, Decimal("5.50"), "channel"),
        ("11-00002-00002", "3003", 1, 20, 2, 2, "channel"),
        ("11-00003-00003", "MUG", 1, 20, 0, Decimal("1.60"), "channel"),
    ]


def test_a_payout_is_what_its_transactions_leave(loaded: Loaded) -> None:
    settlements = loaded.rows(f"select settlement_id, paid_at, gross, fees, refunds, net from settlements where {FILE}")
    paid = datetime(2025, 10, 6, 4, tzinfo=UTC)
    assert settlements == [("5507001", paid, 140, Decimal("23.88"), 24, Decimal("92.12"))]
    lines = loaded.rows(f"select type, sum(amount) from settlement_lines where {FILE} group by 1 order by 1")
    assert lines == [("fee", Decimal("-23.88")), ("refund", Decimal(-24)), ("sale", Decimal(140))]


def test_fees_are_costs_by_type_and_some_come_back(loaded: Loaded) -> None:
    fees = loaded.rows(
        "select type, sum(amount), count(*) filter (where settlement_id is null) from fees"
        f" where {FILE} group by 1 order by 1"
    )
    assert fees == [
        ("advertising", Decimal("3.05"), 0), ("fulfilment", Decimal("5.60"), 0), ("referral", Decimal("18.13"), 2)
    ]  # fmt: skip


def test_a_refund_is_positive_and_without_tax(loaded: Loaded) -> None:
    refunds = loaded.rows(f"select order_id, sku, amount, shipping, tax, settlement_id from refunds where {FILE}")
    assert refunds == [("11-00001-00001", "MUG", 20, 4, 0, "5507001")]


def test_a_hold_outside_of_payouts_is_left_out_aloud(loaded: Loaded) -> None:
    reasons = loaded.rows("select reason from rejected_rows where file = 'exports/ebay_transactions/transactions.csv'")
    assert reasons == [("moves money within eBay and is in no payout yet",)]
