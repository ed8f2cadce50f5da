"""Amazon's date range report: each money column is a line, in whatever language, numbers and clock the account has."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

FILES = "source_file like 'exports/amazon_date_range/%'"


def test_a_transfer_pays_a_settlement(loaded: Loaded) -> None:
    settlements = loaded.rows(
        "select settlement_id, channel, paid_at, fees, refunds, net, currency from settlements"
        f" where {FILES} order by settlement_id"
    )
    assert settlements == [
        ("5001", "amazon.com", datetime(2026, 6, 15, 8, tzinfo=UTC), Decimal("80.83"), Decimal("22.50"), 500, "USD"),
        ("6101", "amazon.de", datetime(2026, 3, 28, 0, 10, tzinfo=UTC), Decimal("209.49"), Decimal("8.40"),
         Decimal("994.61"), "EUR"),
    ]  # fmt: skip


def test_columns_are_lines_by_type(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select type, sum(amount), sum(quantity) from settlement_lines"
        f" where {FILES} and settlement_id = '5001' group by 1 order by 1"
    )
    assert lines == [
        ("fee", Decimal("-80.83"), None),
        ("refund", Decimal("-22.50"), 1),
        ("reimbursement", Decimal("11.25"), 1),
        ("sale", Decimal("80.00"), 5),
        ("tax", Decimal("0.00"), None),
    ]


def test_rows_that_differ_in_the_commission_alone_are_two_units(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select quantity, amount from settlement_lines"
        f" where {FILES} and order_id = '111-0000002-0000002' and type = 'sale'"
    )
    assert lines == [(1, 20), (1, 20)]


def test_zones_months_and_numbers_are_read_as_the_account_writes_them(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select settlement_id, posted_at, amount from settlement_lines where {FILES}"
        " and type = 'sale' and settlement_id like '6%' order by 1"
    )
    assert lines == [
        ("6001", datetime(2026, 6, 29, 8, 39, 32, tzinfo=UTC), Decimal("1045.45")),
        ("6101", datetime(2026, 3, 13, 5, 32, 15, tzinfo=UTC), Decimal("1008.40")),
        ("6201", datetime(2026, 7, 1, 7, 5, 10, tzinfo=UTC), Decimal("1234.50")),
        ("6301", datetime(2026, 2, 28, 18, 4, 5, tzinfo=UTC), 1980),
    ]


def test_fees_by_type_in_any_language(loaded: Loaded) -> None:
    fees = loaded.rows(
        f"select settlement_id, type, sum(amount), currency from fees where {FILES} and settlement_id <> '5001'"
        " group by all order by all"
    )
    assert fees == [
        ("6001", "referral", 120, "AUD"),
        ("6101", "advertising", Decimal("25.50"), "EUR"),
        ("6101", "fulfilment", Decimal("3.99"), "EUR"),
        ("6101", "referral", 180, "EUR"),
        ("6201", "referral", Decimal("185.18"), "EUR"),
        ("6201", "storage", Decimal("7.02"), "EUR"),
        ("6301", "advertising", 500, "JPY"),
        ("6301", "fulfilment", 400, "JPY"),
    ]


def test_refunds_and_claims_are_refunds(loaded: Loaded) -> None:
    refunds = loaded.rows(
        f"select order_id, sku, quantity, amount, shipping, tax from refunds where {FILES} order by order_id"
    )
    assert refunds == [
        ("111-0000001-0000001", "MUG", 1, 20, Decimal("2.50"), 0),
        ("249-0000001-0000001", "MUG", 1, Decimal("45.45"), 0, Decimal("4.55")),
        ("302-0000001-0000001", "MUG", 1, Decimal("8.40"), 0, Decimal("1.60")),
    ]


def test_what_has_no_settlement_yet_or_one_of_its_own_is_left_out(loaded: Loaded) -> None:
    rejected = loaded.rows(
        "select row, reason from rejected_rows where file = 'exports/amazon_date_range/us.csv' order by row"
    )
    assert rejected == [
        (17, "it is in no settlement yet: a later report has it with its settlement"),
        (18, "the settlement's own report has it"),
    ]
