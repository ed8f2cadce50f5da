"""Shopify's tables as Airbyte lands them: lines, shipping, refunds and quantities stand inside as json."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from exported import EXPORTS, Loaded, canonical, write_config

AIRBYTE = "exports/shopify_api_order_heads/airbyte_orders.csv"


def test_items_have_their_own_discount_and_tax_and_share_the_shipping(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select order_id, line_no, sku, quantity, unit_price, discount, shipping, tax, ordered_at from order_lines"
        f" where source_file = '{AIRBYTE}#line_items' order by line_no"
    )
    first, second = datetime(2025, 11, 1, 2, 30, tzinfo=UTC), datetime(2025, 11, 1, 10, tzinfo=UTC)
    assert lines == [
        ("#2001", "11", "MUG", 3, 10, 3, 6, Decimal("2.70"), first),
        ("#2001", "12", "Tip", 1, 5, 0, 1, 0, first),
        ("#2002", "13", "PLATE", 2, 10, Decimal("3.33"), 5, Decimal("3.33"), second),
    ]


def test_refunds_have_items_dates_and_shipping(loaded: Loaded) -> None:
    refunds = loaded.rows(
        "select refund_id, line_no, sku, quantity, amount, tax, shipping, restock_type, refunded_at from refunds"
        f" where starts_with(source_file, '{AIRBYTE}#refunds') order by line_no nulls last"
    )
    at = datetime(2025, 11, 3, 14, tzinfo=UTC)
    assert refunds == [
        ("91:81", "11", "MUG", 1, 9, Decimal("0.90"), None, "return", at),
        ("91:71", None, None, None, 0, 0, 2, None, at),
    ]


def test_rows_of_a_list_are_counted_and_rejected_as_those_of_a_file(loaded: Loaded) -> None:
    counts = loaded.rows(
        "select split_part(file, '#', 2), rows_loaded, rows_rejected from source_files"
        f" where starts_with(file, '{AIRBYTE}') order by all"
    )
    assert counts == [
        ("", 2, 1),
        ("line_items", 3, 1),
        ("line_items.discount_allocations", 2, 0),
        ("line_items.tax_lines", 3, 0),
        ("refunds", 1, 0),
        ("refunds.order_adjustments", 1, 0),
        ("refunds.refund_line_items", 1, 0),
        ("shipping_lines", 2, 0),
        ("shipping_lines.tax_lines", 1, 0),
    ]
    rejected = loaded.rows(
        f"select file, row, reason, content from rejected_rows where starts_with(file, '{AIRBYTE}') order by file"
    )
    assert [row[:3] for row in rejected] == [
        (AIRBYTE, 4, "a test order"),
        (
            f"{AIRBYTE}#line_items",
            4,
            "of no order at hand: bring the table of orders, too (a test or deleted order has no lines)",
        ),
    ]
    assert "MUG" in str(rejected[1][3])
    assert [row for row in rejected if "note" in str(row[3])] == []


def test_fulfilments_hold_what_left(loaded: Loaded) -> None:
    file = "exports/shopify_api_fulfillments/airbyte_fulfillments.csv#line_items"
    events = loaded.rows(
        "select event_id, sku, quantity, from_location, occurred_at, order_id, line_no from stock_events"
        f" where source_file = '{file}'"
    )
    assert events == [("45:11", "MUG", 3, "Portland Dock", datetime(2025, 11, 2, 8, tzinfo=UTC), "#2001", "11")]
    assert loaded.rows(f"select reason from rejected_rows where file = '{file}'") == [
        ("needs no shipping: no goods left",)
    ]


def test_a_later_file_replaces_what_is_inside_of_an_order(tmp_path: Path) -> None:
    text = (EXPORTS / "shopify_api_order_heads" / "airbyte_orders.csv").read_text(encoding="utf-8")
    (tmp_path / "orders_2025-11-20.csv").write_text(text, encoding="utf-8")
    (tmp_path / "copy_2025-11-20.csv").write_text(text, encoding="utf-8")
    corrected = text.replace('""quantity"": 3, ""price""', '""quantity"": 4, ""price""').replace(", 35.00,", ", 45.00,")
    (tmp_path / "orders_2025-11-21.csv").write_text(corrected, encoding="utf-8")
    connection = canonical(write_config(tmp_path, '[[source]]\nformat = "auto"\npath = "."\n'))
    lines = connection.execute(
        "select line_no, quantity, tax, split_part(source_file, '/', -1) from order_lines order by line_no"
    ).fetchall()
    assert lines == [
        ("11", 4, Decimal("2.70"), "orders_2025-11-21.csv#line_items"),
        ("12", 1, 0, "orders_2025-11-21.csv#line_items"),
        ("13", 2, Decimal("3.33"), "copy_2025-11-20.csv#line_items"),
    ]
    counts = connection.execute("select count(*), sum(rows_read - rows_loaded - rows_rejected) from source_files")
    assert counts.fetchall() == [(27, 0)]


def test_an_order_whose_lines_are_no_json_is_rejected(tmp_path: Path) -> None:
    text = (EXPORTS / "shopify_api_order_heads" / "airbyte_orders.csv").read_text(encoding="utf-8")
    (tmp_path / "orders.csv").write_text(text.replace('"[{""id"": 13', '"[{""id"" 13'), encoding="utf-8")
    connection = canonical(write_config(tmp_path, '[[source]]\nformat = "auto"\npath = "orders.csv"\n'))
    rejected = connection.execute(
        "select row, reason, content from rejected_rows where file = 'orders.csv' and row = 3"
    ).fetchall()
    assert [row[:2] for row in rejected] == [(3, "line_items is no json: what stands inside of it is lost")]
    assert "PLATE" not in str(rejected)
