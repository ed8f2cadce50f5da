"""Cases worked by hand: issues at current cost, and costs that stay with the goods that are kept."""

import numpy as np
import pytest

from tieout.costing.events import AVERAGE, CURRENT, FIFO, LIFO, NEGATIVE_ON_HAND, SPECIFIC, STANDARD, Legs

from .streams import Ledger
from .worked import Valuation, money, on_hand

every_method = pytest.mark.parametrize("method", [FIFO, AVERAGE, LIFO, SPECIFIC])


# An issue at current cost


@pytest.mark.parametrize("method", [FIFO, AVERAGE, LIFO, SPECIFIC, STANDARD])
def test_an_issue_at_current_cost_leaves_at_that_of_the_whole_stock(replay: Valuation, method: int) -> None:
    """10 @ 50 and 30 @ 80: thirty go back to the supplier at 72.50 each."""
    book = Ledger(method)
    book.receive("10", "500.00")
    book.receive("30", "2400.00")
    out = book.issue("30", source=CURRENT)
    result = replay(book.legs())
    assert (money(result.amount[[out]]), result.status[out]) == (["2175.00"], 0)
    assert on_hand(result) == ("10", "725.00")


@pytest.mark.parametrize("method", [FIFO, LIFO])
def test_every_layer_gives_its_part_rounded_cumulatively(replay: Valuation, method: int) -> None:
    """1 @ 10, 1 @ 20, 1 @ 30; a third of each: 3.33, 6.67 and 10 in the order of the queue, or 10, 6.67 and 3.33."""
    book = Ledger(method)
    receipts = [book.receive("1", value) for value in ("10.00", "20.00", "30.00")]
    out = book.issue("1", source=CURRENT)
    result = replay(book.legs())
    assert money(result.amount[[out]]) == ["20.00"]
    in_order = slice(None, None, 1 if method == FIFO else -1)
    assert result.takes.origin.tolist() == result.open_layers.origin.tolist() == receipts[in_order]
    assert result.takes.quantity.tolist() == [3333, 3334, 3333]
    assert money(result.takes.amount)[in_order] == ["3.33", "6.67", "10.00"]
    assert money(result.open_layers.amount)[in_order] == ["6.67", "13.33", "20.00"]


@pytest.mark.parametrize(
    ("units", "taken", "left"),
    [("0.3", ["1.00"], ["3.00", "0.00"]), ("0.9", ["3.00", "0.60"], ["0.40"]), ("1.0001", ["3.00", "1.00"], [])],
)
def test_a_layer_gives_no_amount_without_goods_and_all_with_the_last(
    replay: Valuation, units: str, taken: list[str], left: list[str]
) -> None:
    """A crumb of 0.0001 worth 3 and a unit worth 1, in all 4. Of 0.3 the crumb gives nothing, and the unit not more
    than its 1; of 0.9 the crumb gives itself, and the unit what is then due of 3.60."""
    book = Ledger(FIFO)
    book.receive("0.0001", "3.00")
    book.receive("1", "1.00")
    book.issue(units, source=CURRENT)
    result = replay(book.legs())
    assert (money(result.takes.amount), money(result.open_layers.amount)) == (taken, left)


def test_beyond_stock_an_issue_at_current_cost_is_provisional(replay: Valuation) -> None:
    book = Ledger(FIFO)
    nothing = book.issue("1", source=CURRENT, standard="4")
    book.receive("1", "4.00")
    book.receive("1", "10.00")
    book.receive("1", "20.00")
    out = book.issue("3", source=CURRENT)
    result = replay(book.legs())
    assert money(result.amount[[nothing, out]]) == ["4.00", "50.00"]  # 10, 20 and one more at 20
    assert result.status[[nothing, out]].tolist() == [NEGATIVE_ON_HAND] * 2


def test_only_an_issue_or_a_return_may_be_at_current_cost() -> None:
    moved, used = Ledger(FIFO, cells=2), Ledger(FIFO)
    moved.move("1", 0, 1, source=CURRENT)
    used.put_in("1", 0)
    with pytest.raises(ValueError, match=r"legs\.source breaks its rule in row 0"):
        moved.legs()
    columns = vars(used.legs()) | {"source": np.array([CURRENT])}
    with pytest.raises(ValueError, match=r"legs\.source breaks its rule in row 0"):
        Legs(**columns)


# A cost that stays with the goods that are kept


@pytest.mark.parametrize(("stays", "out", "left"), [("", "220.00", "330.00"), ("20.00", "200.00", "350.00")])
@every_method
def test_freight_leaves_with_goods_that_go_back_or_stays(
    replay: Valuation, method: int, stays: str, out: str, left: str
) -> None:
    """5 @ 100 with freight of 50, two go back: 330 are left, or 350."""
    book = Ledger(method)
    receipt = book.receive("5", "500.00")
    book.add_cost("50.00", receipt)
    back = book.issue("2", source=receipt, stays=stays)
    result = replay(book.legs())
    assert money(result.amount[[back]]) == money(result.takes.amount) == [out]
    assert on_hand(result) == ("3", left)


@pytest.mark.parametrize(
    ("units", "left"), [("2", ["50.00", "30.00", "30.00"]), ("3", ["50.00", "40.00"]), ("4", ["70.00"])]
)
def test_what_stays_goes_to_the_rest_of_the_receipt_else_to_all_stock(
    replay: Valuation, units: str, left: list[str]
) -> None:
    """1 @ 50 and 4 @ 20, one of which was moved away and back, so that two layers share the 20 that stay."""
    book = Ledger(FIFO, cells=2)
    book.receive("1", "50.00")
    receipt = book.receive("4", "80.00")
    book.move("1", 0, 1, source=receipt)
    book.move("1", 1, 0)
    book.issue(units, source=receipt, stays="20.00")
    assert money(replay(book.legs()).open_layers.amount) == left


def test_it_stays_out_of_the_first_takes_and_none_falls_below_zero(replay: Valuation) -> None:
    """1 @ 10, 1 @ 30 leave, 1 @ 5 is kept: of 15 that stay the first gives 10 and the second 5. Half comes back."""
    book = Ledger(FIFO)
    for value in ("10.00", "30.00", "5.00"):
        book.receive("1", value)
    out = book.issue("2", stays="15.00")
    back = book.take_back("1", out)
    result = replay(book.legs())
    assert money(result.takes.amount) == ["0.00", "25.00"]
    assert money(result.amount[[out, back]]) == ["25.00", "12.50"]
    assert money(result.open_layers.amount) == ["20.00", "12.50"]


def test_no_more_stays_than_was_to_leave_and_nothing_where_nothing_is_kept(replay: Valuation) -> None:
    book = Ledger(FIFO)
    book.receive("2", "20.00")
    more, all_of_it = book.issue("1", stays="99.00"), book.issue("1", stays="5.00")
    beyond = book.issue("1", stays="5.00", standard="7")
    result = replay(book.legs())
    assert money(result.amount[[more, all_of_it, beyond]]) == ["0.00", "20.00", "20.00"]
    assert result.open_shortages.leg.tolist() == [beyond]


def test_a_standard_cost_keeps_nothing_back(replay: Valuation) -> None:
    book = Ledger(STANDARD)
    book.receive("2", "20.00", standard="10")
    out = book.issue("1", stays="3.00", standard="10")
    result = replay(book.legs())
    assert money(result.amount[[out]]) == ["10.00"]
    assert on_hand(result) == ("1", "10.00")


def test_at_current_cost_it_stays_with_all_stock(replay: Valuation) -> None:
    """1 @ 10, 3 @ 30: a half leaves for 50 less 4, which the halves that are kept bear as 1 and 3."""
    book = Ledger(FIFO)
    book.receive("1", "10.00")
    book.receive("3", "90.00")
    out = book.issue("2", source=CURRENT, stays="4.00")
    result = replay(book.legs())
    assert money(result.amount[[out]]) == ["46.00"]
    assert money(result.open_layers.amount) == ["6.00", "48.00"]


def test_a_cost_that_stays_is_not_negative() -> None:
    book = Ledger(FIFO)
    book.issue("1", stays="-1.00")
    with pytest.raises(ValueError, match=r"legs\.value breaks its rule in row 0"):
        book.legs()
