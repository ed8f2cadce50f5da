"""Amazon's fulfilled shipments: stock that left with its order, and the sales that no other report has."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

FILES = "source_file like 'exports/amazon_fulfilled_shipments/%'"


def test_an_item_of_an_order_is_one_line_of_all_its_shipments(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select order_id, line_no, channel, sku, quantity, unit_price, discount, shipping, tax, tax_collected_by,"
        f" ordered_at, paid_at, source_row from order_lines where {FILES}"
    )
    ordered, paid = datetime(2025, 10, 11, 8, 4, 21, tzinfo=UTC), datetime(2025, 10, 11, 9, tzinfo=UTC)
    mugs = ("111-0000021-0000021", "501", "amazon.com", "MUG", 3, 10, 2, 0, Decimal("2.80"), "channel")
    assert lines == [(*mugs, ordered, paid, 2)]


def test_goods_leave_under_the_order_of_the_channel_that_sold_them(loaded: Loaded) -> None:
    events = loaded.rows(
        "select type, sku, quantity, from_location, order_id, channel, occurred_at"
        f" from stock_events where {FILES} order by occurred_at"
    )
    assert [event[:-1] for event in events] == [
        ("shipment", "MUG", 2, "PHX3", "111-0000021-0000021", "amazon.com"),
        ("shipment", "MUG", 1, "ONT8", "111-0000021-0000021", "amazon.com"),
        ("shipment", "BOWL", 1, "ONT8", "111-0000001-0000001", "amazon.com"),
        ("shipment", "MUG", 1, "ONT8", "CONSUMER-77", "non-amazon us"),
    ]
    assert events[0][-1] == datetime(2025, 10, 12, 5, tzinfo=UTC)


def test_a_quantity_that_is_none_rejects_the_row(loaded: Loaded) -> None:
    rejected = loaded.rows(
        "select row, reason from rejected_rows where file like 'exports/amazon_fulfilled_shipments/%'"
    )
    assert rejected == [(6, 'quantity is missing; quantity: "two" is not a quantity of at most four decimals')]
