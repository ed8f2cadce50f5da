"""Amazon's stock: the ledger's movements, its balances, and the returns that know their orders."""

from __future__ import annotations

from datetime import UTC, datetime

from exported import Loaded

DETAIL = "source_file in ('exports/amazon_ledger_detail/detail.csv', 'exports/amazon_ledger_detail/short.txt')"
SUMMARY = "source_file like 'exports/amazon_ledger_summary/%'"
RETURNS = "source_file like 'exports/amazon_customer_returns/%'"


def test_signs_become_directions(loaded: Loaded) -> None:
    events = loaded.rows(
        "select type, quantity, from_location, to_location from stock_events"
        f" where {DETAIL} and type in ('transfer', 'shipment') order by occurred_at, type, quantity"
    )
    assert events == [
        ("transfer", 24, "FBA inbound", "PHX3"),
        ("transfer", 2, "PHX3", "FBA inbound"),
        ("shipment", 3, "ONT8", None),
        ("shipment", 1, "PHX3", None),
        ("shipment", 1, "PHX3", None),
        ("transfer", 5, "PHX3", "FBA transfers"),
        ("transfer", 5, "FBA transfers", "ONT8"),
        ("transfer", 1, "PHX3", "FBA removals"),
    ]


def test_damage_in_a_centre_is_a_change_of_condition_and_no_loss(loaded: Loaded) -> None:
    events = loaded.rows(
        "select type, quantity, from_status, to_status, reason from stock_events"
        f" where {DETAIL} and (reason like 'Adjustments%' or reason = 'NewKind') order by occurred_at, reason"
    )
    assert events == [
        ("status_change", 1, "available", "damaged", "Adjustments E"),
        ("adjustment", 2, "available", None, "Adjustments M"),
        ("write_off", 1, "damaged", None, "Adjustments D"),
        ("adjustment", 1, None, "available", "Adjustments F"),
        ("adjustment", 1, None, "damaged", "Adjustments Q"),
        ("adjustment", 1, "available", None, "NewKind"),
    ]


def test_returns_come_from_the_report_that_knows_the_orders(loaded: Loaded) -> None:
    returns = loaded.rows(
        "select occurred_at, order_id, sku, quantity, to_location, to_status, disposition, document"
        " from stock_events where type = 'customer_return'"
        f" and ({DETAIL} or {RETURNS}) order by occurred_at, document, event_id"
    )
    october = datetime(2025, 10, 2, 15, 31, 40, tzinfo=UTC)
    donated = (datetime(2025, 10, 9, 23, 59, 59, tzinfo=UTC), "111-0000002-0000002", "BOWL", 1, "ONT8", "damaged",
               "damaged", None)  # fmt: skip
    assert returns == [
        (datetime(2025, 9, 23, 7, tzinfo=UTC), None, "MUG", 1, "PHX3", "damaged", "damaged", None),
        (october, "111-0000001-0000001", "MUG", 1, "PHX3", "available", "sellable", "LPN001"),
        (october, "111-0000001-0000001", "MUG", 1, "PHX3", "damaged", "damaged", "LPN002"),
        donated,
        donated,
    ]
    rejected = loaded.rows(
        f"select row, reason from rejected_rows where {DETAIL.replace('source_file', 'file')} order by row"
    )
    assert rejected == [
        (3, "no unit moved"),
        (17, "the customer returns report has the returns of this day, with their orders"),
    ]


def test_balances_are_of_the_end_of_the_day_and_one_a_status(loaded: Loaded) -> None:
    snapshots = loaded.rows(
        f"select taken_at, sku, location, status, quantity from stock_snapshots where {SUMMARY} order by all"
    )
    night = datetime(2025, 10, 31, 3, 59, 59, tzinfo=UTC)
    assert snapshots == [
        (night, "BOWL", "ONT8", "available", 1110),
        (night, "MUG", "PHX3", "available", 10),
        (night, "MUG", "PHX3", "damaged", 3),
        (datetime(2025, 11, 1, 3, 59, 59, tzinfo=UTC), "MUG", "PHX3", "available", 9),
        (datetime(2025, 11, 2, 3, 59, 59, tzinfo=UTC), "MUG", "PHX3", "available", 7),
    ]


def test_every_balance_is_controlled(loaded: Loaded) -> None:
    controls = loaded.rows(
        "select id, expected, found from source_controls where file like 'exports/amazon_ledger_summary/%' order by id"
    )
    assert controls == [("10/30/2025", 1123, 1123), ("10/31/2025", 9, 9), ("11/01/2025", 7, 7)]


def test_centres_are_places_of_amazon(loaded: Loaded) -> None:
    assert loaded.rows("select location, type from locations where location in ('PHX3', 'ONT8') order by 1") == [
        ("ONT8", "fba"),
        ("PHX3", "fba"),
    ]
