"""Shopify Payments: payouts and what is in them; the order transactions: refunds, each of them once, with its date."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

PAYMENTS = "source_file like 'exports/shopify_payments/%'"
PAYOUT = "settlement_id = 'shopify-payments-2025-11-05-USD'"
TRANSACTIONS = "source_file like 'exports/shopify_order_transactions/%'"


def test_a_payout_is_a_day_and_a_currency_of_all_files(loaded: Loaded) -> None:
    payouts = loaded.rows(
        f"select settlement_id, channel, gross, fees, refunds, net, currency, starts_at, paid_at from settlements"
        f" where {PAYMENTS} order by 1"
    )
    first, night = datetime(2025, 11, 2, 5, 30, tzinfo=UTC), datetime(2025, 11, 5, 5, tzinfo=UTC)
    assert payouts == [
        (
            "shopify-payments-2025-11-05-CAD", "shopify", Decimal("18.00"), Decimal("0.75"), 0, Decimal("17.25"), "CAD",
            datetime(2025, 11, 3, 17, 30, tzinfo=UTC), night,
        ),
        (
            "shopify-payments-2025-11-05-USD", "shopify", Decimal("1147.60"), Decimal("41.21"), Decimal("11.00"),
            Decimal("1095.39"), "USD", first, night,
        ),
    ]  # fmt: skip
    assert loaded.rows(f"select sum(amount) from settlement_lines where {PAYOUT}") == [(Decimal("1095.39"),)]


def test_lines_are_cash_to_the_shop_and_equal_rows_are_two(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select type, order_id, sum(amount), count(*) from settlement_lines where {PAYOUT} group by all"
    )
    assert sorted(lines, key=str) == sorted(
        [
            ("sale", "#1008", 1100, 1),
            ("fee", "#1008", Decimal("-32.20"), 1),
            ("sale", "#1009", 30, 1),
            ("fee", "#1009", Decimal("-1.17"), 1),
            ("fee", None, -7, 1),
            ("refund", "#1008", -11, 2),
            ("tax", "#1011", Decimal("-2.40"), 1),
            ("sale", "#1011", 20, 1),
            ("fee", "#1011", Decimal("-0.84"), 1),
        ],
        key=str,
    )


def test_a_fee_counts_before_it_is_paid_out(loaded: Loaded) -> None:
    fees = loaded.rows(
        f"select order_id, type, amount, charged_at, settlement_id from fees"
        f" where {PAYMENTS} and (order_id = '#1010' or order_id is null) order by amount"
    )
    assert fees == [
        ("#1010", "payment", Decimal("1.58"), datetime(2025, 11, 4, 15, tzinfo=UTC), None),
        (None, "advertising", 7, datetime(2025, 11, 2, 6, 45, tzinfo=UTC), "shopify-payments-2025-11-05-USD"),
    ]


def test_a_refund_of_a_payout_takes_its_share_of_the_orders_tax(loaded: Loaded) -> None:
    refunds = loaded.rows(f"select order_id, channel, amount, tax, shipping from refunds where {PAYMENTS} order by all")
    share = ("#1008", "web", 5, Decimal("0.50"), 0)
    assert refunds == [("#0988", "shopify", Decimal("8.88"), None, None), share, share]
    found = loaded.rows(
        "select finding, quantity, amount from load_findings"
        " where id = 'exports/shopify_payments/payment_transactions_export_2.csv'"
    )
    assert found == [("refund_without_order", 1, Decimal("8.88"))]


def test_order_transactions_give_each_refund_once_with_its_date(loaded: Loaded) -> None:
    refunds = loaded.rows(
        "select order_id, channel, amount, tax, shipping, refunded_at, restock_type"
        " from refunds where order_id in ('#0990', '#1006', '#1007') order by order_id, refunded_at"
    )
    assert refunds == [
        ("#0990", "shopify", Decimal("9.99"), None, None, datetime(2025, 11, 2, 20, tzinfo=UTC), None),
        ("#1006", "web", 30, 3, 0, datetime(2025, 11, 3, 15, tzinfo=UTC), "cancel"),
        (
            "#1007",
            "web",
            Decimal("4.50"),
            Decimal("0.75"),
            Decimal("0.75"),
            datetime(2025, 11, 4, 14, tzinfo=UTC),
            None,
        ),
        ("#1007", "web", 9, Decimal("1.50"), Decimal("1.50"), datetime(2025, 11, 4, 14, 5, tzinfo=UTC), None),
    ]
    found = loaded.rows(
        "select quantity, amount from load_findings"
        " where finding = 'undated_refund' and id = 'exports/shopify_orders/orders_export_2.csv'"
    )
    assert found == []


def test_what_is_not_read_of_the_order_transactions_is_told(loaded: Loaded) -> None:
    found = loaded.rows(
        "select finding, quantity, amount from load_findings where id like 'exports/shopify_order_transactions/%'"
        " order by 1"
    )
    assert found == [("payments_not_read", 2, 57), ("refund_without_order", 1, Decimal("9.99"))]
    reasons = loaded.rows(
        "select row, reason from rejected_rows where file like 'exports/shopify_order_transactions/%'"
    )
    assert reasons == [(3, "a refund that did not succeed: no money moved")]
