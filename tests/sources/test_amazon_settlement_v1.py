"""Amazon settlements, flat file V1: a column for each kind of amount, units on a row of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

FILE = "source_file = 'exports/amazon_settlement_v1/settlement.txt'"
FILES = "source_file like 'exports/amazon_settlement_v1/%'"


def test_settlements_with_and_without_promotions_state_what_was_paid(loaded: Loaded) -> None:
    settlements = loaded.rows(
        "select settlement_id, channel, paid_at, gross, fees, refunds, net, currency from settlements"
        f" where {FILES} order by settlement_id"
    )
    assert settlements == [
        ("7001", "amazon.ca", datetime(2025, 8, 30, 22, 7, 19, tzinfo=UTC), Decimal("1090.01"), Decimal("199.91"),
         Decimal("33.00"), Decimal("857.10"), "CAD"),
        ("7002", "amazon", datetime(2025, 9, 13, 22, 7, 19, tzinfo=UTC), Decimal("32.09"), Decimal("53.69"),
         Decimal("0.00"), Decimal("-21.60"), "CAD"),
    ]  # fmt: skip


def test_amounts_are_lines_by_type(loaded: Loaded) -> None:
    lines = loaded.rows(f"select type, count(*), sum(amount) from settlement_lines where {FILE} group by 1 order by 1")
    assert lines == [
        ("fee", 9, Decimal("-199.91")),
        ("other", 1, Decimal("0.50")),
        ("refund", 2, Decimal("-33.00")),
        ("reimbursement", 1, Decimal("18.40")),
        ("reserve", 1, Decimal("-15.00")),
        ("sale", 5, Decimal("1080.00")),
        ("tax", 2, Decimal("6.11")),
    ]


def test_units_on_a_row_of_their_own_go_with_the_price(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select order_id, sku, quantity, amount from settlement_lines"
        f" where {FILE} and quantity is not null order by all"
    )
    assert lines == [
        ("701-0000001-0000001", "BOWL", 1, 1020),
        ("701-0000001-0000001", "MUG", 2, 60),
        ("S01-0000002-0000002", "BOWL", 1, 0),
        (None, "MUG", 1, Decimal("18.40")),
    ]


def test_a_refund_has_price_and_shipping_apart(loaded: Loaded) -> None:
    refunds = loaded.rows(f"select order_id, sku, amount, shipping, tax, refunded_at from refunds where {FILE}")
    assert refunds == [
        ("701-0000001-0000001", "MUG", 30, 3, 0, datetime(2025, 8, 25, 10, tzinfo=UTC)),
    ]


def test_fees_of_other_shops_orders_are_fees_too(loaded: Loaded) -> None:
    fees = loaded.rows(f"select type, sum(amount) from fees where {FILE} group by type order by type")
    assert fees == [
        ("advertising", 20), ("fulfilment", Decimal("16.55")), ("referral", Decimal("159.03")),
        ("storage", Decimal("4.33")),
    ]  # fmt: skip
