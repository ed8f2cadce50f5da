"""Amazon's All Orders: prices of all units, without tax wherever it is in them, and the latest state of each order."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

FILES = "source_file like 'exports/amazon_all_orders/%'"


def test_prices_are_of_one_unit_and_tax_is_amazons_where_it_collects_it(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select line_no, channel, sku, quantity, unit_price, discount, shipping, tax, tax_collected_by, ordered_at"
        f" from order_lines where {FILES} and order_id = '111-0000001-0000001' order by line_no"
    )
    ordered = datetime(2025, 9, 17, 8, 4, 21, tzinfo=UTC)
    assert lines == [
        ("1", "amazon.com", "BOWL", 1, 1050, 0, 0, 0, "channel", ordered),
        ("2", "amazon.com", "MUG", 3, Decimal("10.333333"), 1, 3, Decimal("2.90"), "channel", ordered),
    ]


def test_tax_inside_the_prices_is_taken_out_of_them(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select currency, unit_price, discount, shipping, tax, times(quantity, unit_price) - discount, tax_collected_by"
        f" from order_lines where {FILES} and channel = 'amazon.de'"
    )
    assert lines == [
        ("EUR", Decimal("16.805"), Decimal("4.20"), Decimal("5.00"), Decimal("6.54"), Decimal("29.41"), "shop")
    ]


def test_a_cancelled_order_is_cancelled_when_it_was_last_updated(loaded: Loaded) -> None:
    lines = loaded.rows(f"select order_id, cancelled_at from order_lines where {FILES} and cancelled_at is not null")
    assert lines == [("111-0000002-0000002", datetime(2025, 9, 18, 7, tzinfo=UTC))]


def test_what_is_no_sale_of_ours_is_left_out_with_a_reason(loaded: Loaded) -> None:
    rejected = loaded.rows(
        "select parse_filename(file), row, reason from rejected_rows"
        " where file like 'exports/amazon_all_orders/%' order by all"
    )
    assert rejected == [
        ("orders.txt", 5, "cancelled down to no units"),
        ("orders.txt", 6, "pending: Amazon tells its price once it is paid"),
        ("orders.txt", 7, "Amazon only ships it: the sale is in the orders of the other channel"),
        ("orders_eu.txt", 3, "a later state of this order is at hand"),
        ("orders_later.txt", 2, "a later state of this order is at hand"),
    ]
