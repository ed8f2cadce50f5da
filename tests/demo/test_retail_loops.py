"""The two plain loops of the sample company, on cases worked by hand."""

from datetime import datetime
from decimal import Decimal

import pytest

from tieout.demo.retail.credits import Credit, Match, Sale, settle_all
from tieout.demo.retail.fifo import NOWHERE, Legs, Oversold, replay


def moment(day: int, hour: int = 12) -> datetime:
    return datetime.fromisoformat(f"2011-03-{day:02}T{hour:02}:00")


def legs(*rows: tuple[int, int, int, int, int]) -> Legs:
    return Legs(*(list(column) for column in zip(*rows, strict=True)))


def test_three_units_worth_a_pound_leave_to_the_last_penny() -> None:
    bought = (NOWHERE, 0, 3, 100, NOWHERE)
    sold = (0, NOWHERE, 1, 0, NOWHERE)
    assert replay(legs(bought, sold, sold, sold), 1).value == [100, 33, 34, 33]


def test_half_a_penny_is_rounded_up() -> None:
    assert replay(legs((NOWHERE, 0, 2, 1, NOWHERE), (0, NOWHERE, 1, 0, NOWHERE)), 1).value == [1, 1]


def test_issue_takes_the_oldest_layers_first() -> None:
    issue = legs((NOWHERE, 0, 5, 40, NOWHERE), (NOWHERE, 0, 8, 96, NOWHERE), (0, NOWHERE, 7, 0, NOWHERE))
    valued = replay(issue, 1)
    assert valued.value[2] == 40 + 24
    assert (valued.units_before[2], valued.value_before[2]) == (13, 136)


def test_returns_together_bring_back_all_of_the_issue() -> None:
    back = (NOWHERE, 0, 1, 0, 1)
    valued = replay(legs((NOWHERE, 0, 3, 100, NOWHERE), (0, NOWHERE, 3, 0, NOWHERE), back, back, back), 1)
    assert valued.value[2:] == [33, 34, 33]


def test_transfer_keeps_its_layers_and_joins_the_end_of_the_queue() -> None:
    valued = replay(
        legs(
            (NOWHERE, 0, 2, 20, NOWHERE),
            (NOWHERE, 1, 1, 99, NOWHERE),
            (0, 1, 2, 0, NOWHERE),
            (1, NOWHERE, 1, 0, NOWHERE),
            (1, NOWHERE, 1, 0, NOWHERE),
        ),
        2,
    )
    assert valued.value == [20, 99, 20, 99, 10]


def test_selling_what_is_not_there_is_an_error() -> None:
    with pytest.raises(Oversold, match="1 units short"):
        replay(legs((NOWHERE, 0, 1, 10, NOWHERE), (0, NOWHERE, 2, 0, NOWHERE)), 1)


def sale(row: int, quantity: int, price: str, ordered: int, shipped: int, sku: str = "A") -> Sale:
    value = int(quantity * Decimal(price) * 100)
    return Sale(row, f"order {row}", sku, "France", quantity, Decimal(price), value, moment(ordered), moment(shipped))


def credit(row: int, quantity: int, price: str, day: int, sku: str = "A", country: str = "France") -> Credit:
    value = int(quantity * Decimal(price) * 100)
    return Credit(row, sku, country, sku == "A", quantity, Decimal(price), value, moment(day))


def test_credit_of_what_is_not_dispatched_cancels_it() -> None:
    assert settle_all([sale(1, 5, "2.00", 1, 9)], [credit(2, 5, "2.00", 3)]) == [Match(2, "cancelled", 1, "order 1")]


def test_return_prefers_the_same_price_then_the_newest() -> None:
    sales = [sale(1, 5, "2.00", 1, 2), sale(2, 5, "3.00", 3, 4), sale(3, 5, "3.00", 5, 6)]
    outcomes = settle_all(sales, [credit(4, 1, "2.00", 8), credit(5, 1, "9.00", 8)])
    assert [match.sale_row for match in outcomes] == [1, 3]


def test_no_more_comes_back_than_was_sold() -> None:
    outcomes = settle_all([sale(1, 5, "2.00", 1, 2)], [credit(2, 3, "2.00", 8), credit(3, 3, "2.00", 9)])
    assert [match.outcome for match in outcomes] == ["returned", "unmatched"]


def test_credit_from_another_country_finds_nothing() -> None:
    assert settle_all([sale(1, 5, "2.00", 1, 2)], [credit(2, 1, "2.00", 8, country="Spain")]) == [Match(2, "unmatched")]


def test_charge_takes_its_own_line_then_any_order_with_enough_money() -> None:
    sales = [sale(1, 1, "20.00", 1, 2, sku="POST"), sale(2, 50, "2.00", 3, 4)]
    outcomes = settle_all(sales, [credit(3, 1, "15.00", 8, sku="POST"), credit(4, 1, "15.00", 9, sku="POST")])
    assert outcomes == [Match(3, "allowance", 1, "order 1"), Match(4, "allowance", None, "order 2")]


def test_charge_of_exactly_an_undispatched_line_cancels_it() -> None:
    outcomes = settle_all([sale(1, 60, "649.50", 1, 9)], [credit(2, 1, "38970.00", 2, sku="M")])
    assert outcomes == [Match(2, "cancelled", 1, "order 1")]
