"""Amazon's shipments with their orders, their prices where nothing else tells them, and the ledger of their days."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

HERE = "like 'exports/amazon_fulfilled_shipments/shipments.txt'"
PRICED = "like 'exports/amazon_fulfilled_shipments/priced.txt'"


def test_a_shipment_knows_its_order_and_the_number_of_its_item(loaded: Loaded) -> None:
    events = loaded.rows(
        "select event_id, sku, quantity, from_location, order_id, line_no, channel from stock_events"
        f" where source_file {HERE} order by event_id"
    )
    assert events == [
        ("FBA shipment:D1M", "MUG", 3, "PHX3", "111-0000001-0000001", "2", "amazon.com"),
        ("FBA shipment:D2B", "BOWL", 1, "ONT8", "111-0000001-0000001", "1", "amazon.com"),
        ("FBA shipment:D3M", "MUG", 1, "PHX3", "#1001", None, None),
    ]


def test_a_quantity_that_is_none_is_rejected(loaded: Loaded) -> None:
    reasons = loaded.rows(f"select row, reason from rejected_rows where file {HERE}")
    assert len(reasons) == 1
    assert reasons[0][0] == 5
    assert '"one"' in str(reasons[0][1])


def test_the_ledger_gives_way_on_the_days_of_the_report(loaded: Loaded) -> None:
    kept = loaded.rows(
        "select occurred_at::date::varchar, quantity from stock_events"
        " where type = 'shipment' and sku = 'JAR' order by all"
    )
    left_out = loaded.rows(
        "select row from rejected_rows where file like '%/amazon_ledger_detail/november.csv'"
        " and reason like '%fulfilled shipments report%' order by row"
    )
    # The report begins on 3 November 05:12 UTC, which is still the 2nd where the ledger was drawn.
    assert kept == [("2025-11-01", 1), ("2025-11-05", 4)]
    assert left_out == [(3,), (4,)]


def test_a_return_finds_the_item_of_its_order(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select distinct sku, line_no from stock_events where order_id = '111-0000001-0000001'"
        " and source_file like 'exports/amazon_customer_returns/%'"
    )
    assert lines == [("MUG", "2")]


def test_an_item_of_an_order_is_one_line_of_all_its_shipments(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select order_id, line_no, channel, sku, quantity, unit_price, discount, shipping, tax, tax_collected_by,"
        f" ordered_at, paid_at, source_row from order_lines where source_file {PRICED}"
    )
    ordered, paid = datetime(2025, 10, 11, 8, 4, 21, tzinfo=UTC), datetime(2025, 10, 11, 9, tzinfo=UTC)
    mugs = ("111-0000021-0000021", "501", "amazon.com", "MUG", 3, 10, 2, 0, Decimal("2.80"), "channel")
    assert lines == [(*mugs, ordered, paid, 2)]


def test_goods_leave_under_the_order_of_the_channel_that_sold_them(loaded: Loaded) -> None:
    events = loaded.rows(
        "select event_id, sku, quantity, from_location, order_id, line_no, channel, hour(occurred_at)"
        f" from stock_events where source_file {PRICED} order by occurred_at"
    )
    assert events == [
        ("FBA shipment:P1", "MUG", 2, "PHX3", "111-0000021-0000021", "501", "amazon.com", 6),
        ("FBA shipment:P2", "MUG", 1, "ONT8", "111-0000021-0000021", "501", "amazon.com", 7),
        ("FBA shipment:P3", "BOWL", 1, "ONT8", "111-0000001-0000001", "1", "amazon.com", 8),
        ("FBA shipment:P4", "MUG", 1, "ONT8", "CONSUMER-77", None, None, 9),
    ]
