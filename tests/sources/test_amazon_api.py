"""Amazon's orders as Fivetran and Airbyte land them: items look up their order; All Orders goes before."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

FILE = "exports/amazon_api_order_items/order_item.csv"


def test_items_are_priced_for_one_unit_and_without_tax(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select order_id, line_no, channel, sku, quantity, unit_price, discount, shipping, tax, tax_collected_by,"
        f" currency, ordered_at, cancelled_at from order_lines where source_file = '{FILE}' order by line_no"
    )
    first, second = datetime(2025, 11, 2, 18, 11, 28, tzinfo=UTC), datetime(2025, 11, 3, 8, tzinfo=UTC)
    cancelled, tax = datetime(2025, 11, 4, 9, tzinfo=UTC), Decimal("2.40")
    home, abroad = ("701-1111111-1111111", "70110"), ("701-2222222-2222222", "70120")
    assert lines == [
        (*home, "amazon.com", "API-MUG", 2, 20, 4, 5, tax, "channel", "USD", first, None),
        (*abroad, "amazon.de", "API-BOWL", 2, 10, 0, 0, Decimal("3.80"), "shop", "EUR", second, cancelled),
    ]


def test_items_that_are_no_sale_are_rejected_with_the_reason(loaded: Loaded) -> None:
    rejected = loaded.rows(f"select row, reason from rejected_rows where file = '{FILE}' order by row")
    assert rejected == [
        (4, "pending: Amazon tells its price once it is paid"),
        (5, "Amazon only ships it: the sale is in the orders of the other channel"),
        (6, "of no order at hand: bring the table of orders, too"),
    ]


def test_amounts_that_airbyte_leaves_in_objects_are_the_same(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select order_id, channel, sku, quantity, unit_price, discount, shipping, tax, tax_collected_by, currency"
        " from order_lines where source_file = 'exports/amazon_api_order_items/airbyte_OrderItems.csv'"
    )
    tax = Decimal("3.36")
    assert lines == [("701-5550001-0000001", "amazon.com", "AB-JUG", 2, 22, 2, 0, tax, "channel", "USD")]
