"""Amazon's shipments with their orders, and what the ledger says of the same days."""

from __future__ import annotations

from exported import Loaded

HERE = "like 'exports/amazon_fulfilled_shipments/%'"


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
