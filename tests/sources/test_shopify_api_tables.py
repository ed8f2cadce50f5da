"""Shopify's orders as Fivetran and dlt land them: heads, lines, taxes, discounts and refunds stand apart."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from exported import EXPORTS, Loaded, canonical, write_config

LINES = "exports/shopify_api_order_lines/"
REFUNDS = "exports/shopify_api_order_line_refunds/"


def test_lines_find_their_order_discounts_taxes_and_shipping(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select order_id, line_no, channel, sku, quantity, unit_price, discount, shipping, tax, currency, ordered_at,"
        f" cancelled_at from order_lines where source_file = '{LINES}order_line.csv' order by line_no"
    )
    first, second = datetime(2025, 11, 1, 2, 30, tzinfo=UTC), datetime(2025, 11, 1, 10, tzinfo=UTC)
    cancelled = datetime(2025, 11, 4, 9, tzinfo=UTC)
    assert lines == [
        ("#7001", "71", "web", "MUG", 2, 10, 2, Decimal("4.80"), Decimal("1.44"), "USD", first, None),
        ("#7001", "72", "web", "Tip", 1, 5, 0, Decimal("1.20"), 0, "USD", first, None),
        ("#7002", "73", "pos", "PLATE", 1, 10, 0, 5, 2, "GBP", second, cancelled),
    ]


def test_children_of_dlt_find_their_parents(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select order_id, line_no, sku, quantity, unit_price, discount, shipping, tax, ordered_at from order_lines"
        f" where source_file = '{LINES}orders__line_items.csv'"
    )
    at = datetime(2025, 11, 5, 12, tzinfo=UTC)
    assert lines == [("#7101", "75", "BOWL", 2, 10, 4, 5, Decimal("1.20"), at)]


def test_refunds_are_of_lines_and_without_tax(loaded: Loaded) -> None:
    refunds = loaded.rows(
        "select refund_id, order_id, line_no, channel, sku, quantity, amount, tax, restock_type, refunded_at"
        f" from refunds where starts_with(source_file, '{REFUNDS}') order by refund_id"
    )
    first, second = datetime(2025, 11, 3, 14, tzinfo=UTC), datetime(2025, 11, 4, 9, tzinfo=UTC)
    third, fourth = datetime(2025, 11, 7, 8, tzinfo=UTC), datetime(2025, 11, 10, 9, tzinfo=UTC)
    assert refunds == [
        ("7231:7241", "#7201", "7211", "web", "SH-JUG", 1, 18, Decimal("1.26"), "return", fourth),
        ("81:91", "#7001", "71", "web", "MUG", 1, 9, Decimal("0.72"), "return", first),
        ("82:92", "#7002", "73", "pos", "PLATE", 1, 10, 2, "no_restock", second),
        ("83:94", "#7101", "75", "web", "BOWL", 1, 8, Decimal("0.60"), "cancel", third),
    ]


def test_adjustments_are_shipping_or_money_without_items(loaded: Loaded) -> None:
    refunds = loaded.rows(
        "select refund_id, order_id, sku, amount, shipping, tax from refunds"
        " where starts_with(source_file, 'exports/shopify_api_order_adjustments/') order by refund_id"
    )
    assert refunds == [
        ("81:95", "#7001", None, 0, 6, 0),
        ("82:96", "#7002", None, Decimal("1.50"), None, Decimal("0.30")),
    ]


def test_lines_of_test_orders_and_of_missing_refunds_are_rejected_with_the_reason(loaded: Loaded) -> None:
    rejected = loaded.rows(
        "select split_part(file, '/', -1), row, reason from rejected_rows where contains(file, 'shopify_api_order_')"
        " and not contains(file, 'adjust') and not contains(file, 'airbyte') order by all"
    )
    assert rejected == [
        ("order.csv", 4, "a test order"),
        (
            "order_line.csv",
            5,
            "of no order at hand: bring the table of orders, too (a test or deleted order has no lines)",
        ),
        ("order_line_refund.csv", 4, "of no refund at hand: bring the table of refunds, too"),
    ]


def test_parquet_files_say_the_same_as_text(loaded: Loaded, tmp_path: Path) -> None:
    names = (
        "order_heads/order",
        "order_lines/order_line",
        "tax_lines/tax_line",
        "discount_allocations/discount_allocation",
    )
    for name in names:
        text = EXPORTS / f"shopify_api_{name}.csv"
        duckdb.read_csv(str(text)).write_parquet(str(tmp_path / f"{text.stem}.parquet"))
    connection = canonical(write_config(tmp_path, '[[source]]\nformat = "auto"\npath = "."\n'))
    columns = "order_id, line_no, sku, quantity, unit_price, discount, tax, ordered_at, cancelled_at"
    lines = connection.execute(f"select {columns} from order_lines order by line_no").fetchall()
    assert lines == loaded.rows(
        f"select {columns} from order_lines where source_file = '{LINES}order_line.csv' order by line_no"
    )


def test_fulfilments_are_shipments_of_their_order_lines(loaded: Loaded) -> None:
    events = loaded.rows(
        "select event_id, type, sku, quantity, from_location, occurred_at, order_id, line_no, channel, document"
        " from stock_events where source_file like 'exports/shopify_api_%' and source_file not like '%airbyte%'"
        " order by event_id"
    )
    first, second = datetime(2025, 11, 2, 9, tzinfo=UTC), datetime(2025, 11, 6, 9, tzinfo=UTC)
    assert events == [
        ("41:71", "shipment", "MUG", 2, "Portland Dock", first, "#7001", "71", "web", "#7001.1"),
        ("43:75", "shipment", "BOWL", 2, "62", second, "#7101", "75", "web", "#7101.1"),
    ]
    file = "exports/shopify_api_fulfillment_lines/fulfillment_order_line.csv"
    assert loaded.rows(f"select row, reason from rejected_rows where file = '{file}' order by row") == [
        (3, "needs no shipping: no goods left"),
        (4, "of no fulfilment at hand that happened: bring the table of fulfilments, too"),
    ]


def test_the_tables_of_the_graphql_api_say_the_same_in_other_words(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select order_id, line_no, channel, sku, quantity, unit_price, discount, shipping, tax, currency"
        f" from order_lines where source_file = '{LINES}gql_order_line.csv'"
    )
    assert lines == [("#7201", "7211", "web", "SH-JUG", 2, 20, 4, 6, Decimal("2.52"), "USD")]
