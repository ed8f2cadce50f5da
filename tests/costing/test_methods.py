"""Cases worked by hand: methods beside FIFO and average, the goods that a leg names, and what policies change."""

import numpy as np
import pytest

from tieout.costing.events import (
    AVERAGE,
    COST_ASSUMED,
    CURRENT,
    FIFO,
    LIFO,
    NEGATIVE_ON_HAND,
    NO_COST,
    NO_STANDARD,
    SPECIFIC,
    SPECIFIC_NOT_FOUND,
    STANDARD,
    TRUE_UP_UNPLACED,
    Legs,
)

from .streams import Ledger
from .worked import Valuation, money, on_hand

# LIFO: the newest layer at the time of the issue


def test_lifo_takes_the_newest(replay: Valuation) -> None:
    """iDempiere, ERPNext: 10 @ 10, 10 @ 20; 15 cost 250."""
    book = Ledger(LIFO)
    first, second = book.receive("10", "100.00"), book.receive("10", "200.00")
    issue = book.issue("15")
    result = replay(book.legs())
    assert money(result.amount[[issue]]) == ["250.00"]
    assert result.takes.origin.tolist() == [second, first]
    assert on_hand(result) == ("5", "50.00")


def test_lifo_layers_are_listed_as_they_would_leave_and_shortages_wait_their_turn(replay: Valuation) -> None:
    book = Ledger(LIFO, cells=2)
    receipts = [book.receive("1", "10.00"), book.receive("1", "20.00")]
    short = [book.issue("1", cell=1, standard="3"), book.issue("1", cell=1, standard="4")]
    book.receive("1", "5.00", cell=1)
    result = replay(book.legs())
    assert result.open_layers.origin.tolist() == receipts[::-1]
    assert result.true_ups.issue.tolist() == short[:1]


# Standard cost: one pool, the difference is a variance


def test_a_receipt_below_standard_is_a_favourable_variance(replay: Valuation) -> None:
    """Odoo, Tryton: 10 received at 11 with standard 12: stock 120, purchase price variance -10."""
    book = Ledger(STANDARD)
    receipt = book.receive("10", "110.00", standard="12")
    result = replay(book.legs())
    assert (money(result.amount), money(result.variance)) == (["110.00"], ["-10.00"])
    assert money(result.to_amount_after[[receipt]]) == ["120.00"]


def test_a_new_standard_revalues_what_is_there(replay: Valuation) -> None:
    """Standard 10, 20 received, 15 sold for 150; standard 15: stock 75, revaluation 25, cost of sales unchanged."""
    book = Ledger(STANDARD)
    book.receive("20", "200.00", standard="10")
    issue, revaluation = book.issue("15", standard="10"), book.revalue(standard="15")
    result = replay(book.legs())
    assert money(result.amount[[issue, revaluation]]) == ["150.00", "25.00"]
    assert on_hand(result) == ("5", "75.00")


def test_at_quantity_zero_no_value_of_a_standard_is_left(replay: Valuation) -> None:
    """3 @ 0.333333 enter at 1.00; singly they leave as 0.33, 0.34 and 0.33."""
    book = Ledger(STANDARD)
    book.receive("3", "1.20", standard="0.333333")
    issues = [book.issue("1", standard="0.333333") for _ in range(3)]
    result = replay(book.legs())
    assert money(result.variance)[0] == "0.20"
    assert money(result.amount[issues]) == ["0.33", "0.34", "0.33"]
    assert on_hand(result) == ("0", "0.00")


def test_moves_and_returns_into_a_standard_cell_have_a_variance(replay: Valuation) -> None:
    """10 @ 9 moved in at standard 10, sold from elsewhere at 7 and returned here: -10 and -3."""
    book = Ledger(FIFO, cells=3)
    book.methods[2] = STANDARD
    book.receive("4", "36.00")
    book.receive("6", "54.00")
    book.receive("1", "7.00", cell=1)
    issue = book.issue("1", cell=1)
    move, back = book.move("10", 0, 2, standard="10"), book.take_back("1", issue, cell=2, standard="10")
    result = replay(book.legs())
    assert money(result.amount[[move, back]]) == ["90.00", "7.00"]
    assert money(result.variance[[move, back]]) == ["-10.00", "-3.00"]
    assert on_hand(result) == ("11", "110.00")
    assert result.open_layers.origin.tolist() == [-1]


def test_beyond_stock_a_standard_cell_gives_the_standard_of_the_day(replay: Valuation) -> None:
    """The last one left at 10. Standard 12 since: the next is provisionally 12, and no true-up follows."""
    book = Ledger(STANDARD)
    book.receive("1", "10.00", standard="10")
    book.issue("1", standard="10")
    issue, covering = book.issue("1", standard="12"), book.receive("1", "15.00", standard="12")
    result = replay(book.legs())
    assert money(result.amount[[issue]]) == ["12.00"]
    assert money(result.variance[[covering]]) == ["3.00"]
    assert len(result.true_ups.issue) == 0


def test_without_a_standard_goods_keep_their_value_and_a_flag(replay: Valuation) -> None:
    book = Ledger(STANDARD)
    unknown, assumed = book.receive("1", "8.00"), book.receive("1", standard="10")
    result = replay(book.legs())
    assert result.status[[unknown, assumed]].tolist() == [NO_STANDARD, COST_ASSUMED]
    assert money(result.variance) == ["0.00", "0.00"]
    assert on_hand(result) == ("2", "18.00")


# The goods that a leg names


def test_a_specific_issue_takes_the_goods_that_it_names(replay: Valuation) -> None:
    book = Ledger(SPECIFIC)
    first, second, third = (book.receive("2", value) for value in ("2.00", "4.00", "6.00"))
    named, beyond, unnamed = book.issue("1", source=second), book.issue("3", source=third), book.issue("1")
    result = replay(book.legs())
    assert money(result.amount[[named, beyond, unnamed]]) == ["2.00", "7.00", "1.00"]
    assert result.takes.origin.tolist() == [second, third, first, first]
    assert result.status[[named, beyond, unnamed]].tolist() == [0, SPECIFIC_NOT_FOUND, SPECIFIC_NOT_FOUND]


def test_a_lot_that_was_moved_is_still_the_lot(replay: Valuation) -> None:
    """Odoo 19 mixed returned lots to 1,250 where the lot cost 1,000. Parts of it lie apart and are taken together."""
    book = Ledger(SPECIFIC, cells=2)
    dear, lot = book.receive("1", "1500.00"), book.receive("2", "2000.00")
    book.move("1", 0, 1, source=lot)
    book.move("1", 0, 1, source=dear)
    book.move("1", 0, 1, source=lot)
    issue = book.issue("2", cell=1, source=lot)
    result = replay(book.legs())
    assert money(result.amount[[issue]]) == ["2000.00"]
    assert result.status[issue] == 0
    assert result.open_layers.origin.tolist() == [dear]


@pytest.mark.parametrize(("original", "returned", "left"), [(True, "2400.00", "500.00"), (False, "2100.00", "800.00")])
@pytest.mark.parametrize("method", [FIFO, SPECIFIC])
def test_a_supplier_return_by_its_receipt_or_in_method_order(
    replay: Valuation, method: int, original: bool, returned: str, left: str
) -> None:
    """10 @ 50, 30 @ 80, the 30 go back: ERPNext takes that receipt, Odoo up to 18 the head of the queue."""
    book = Ledger(method)
    book.receive("10", "500.00")
    receipt = book.receive("30", "2400.00")
    out = book.issue("30", source=receipt if original else -1)
    result = replay(book.legs())
    assert money(result.amount[[out]]) == [returned]
    assert on_hand(result) == ("10", left)


def test_what_stays_of_a_named_receipt_keeps_its_place(replay: Valuation) -> None:
    book = Ledger(FIFO)
    receipts = [book.receive("2", value) for value in ("2.00", "4.00", "6.00")]
    book.issue("1", source=receipts[1])
    result = replay(book.legs())
    assert result.open_layers.origin.tolist() == receipts
    assert money(result.open_layers.amount) == ["2.00", "2.00", "6.00"]


def test_an_average_pool_has_no_receipts_to_name(replay: Valuation) -> None:
    book = Ledger(AVERAGE)
    book.receive("1", "10.00")
    dear = book.receive("1", "30.00")
    issue = book.issue("1", source=dear)
    assert money(replay(book.legs()).amount[[issue]]) == ["20.00"]


# Returns: at which cost, and to which place


@pytest.mark.parametrize(("current", "stock"), [(False, "3000.00"), (True, "3750.00")])
def test_a_customer_return_at_the_original_or_the_current_cost(replay: Valuation, current: bool, stock: str) -> None:
    """5 @ 100 sold; 5 @ 200 and 5 @ 300 received; 5 come back: at 100 each (Odoo) or at 250 (ERPNext, average)."""
    book = Ledger(AVERAGE)
    book.receive("5", "500.00")
    issue = book.issue("5")
    book.receive("5", "1000.00")
    book.receive("5", "1500.00")
    back = book.take_back("5", CURRENT if current else issue)
    result = replay(book.legs())
    assert on_hand(result) == ("15", stock)
    assert result.status[back] == 0


def test_current_is_the_last_known_cost_then_the_standard_then_nothing(replay: Valuation) -> None:
    book = Ledger(FIFO, cells=2)
    nothing, standard = book.take_back("1", CURRENT, cell=1), book.take_back("1", CURRENT, standard="4")
    book.issue("1")
    last = book.take_back("1", CURRENT, standard="9")
    result = replay(book.legs())
    assert money(result.amount[[nothing, standard, last]]) == ["0.00", "4.00", "4.00"]
    assert result.status[[nothing, standard, last]].tolist() == [NO_COST, 0, 0]


@pytest.mark.parametrize(("at_end", "left"), [(True, "10.00"), (False, "20.00")])
def test_returned_goods_queue_up_again_or_take_their_old_place(replay: Valuation, at_end: bool, left: str) -> None:
    """1 @ 10, 1 @ 20; one sold, returned, one sold: what is left cost 10 (Odoo) or 20."""
    book = Ledger(FIFO)
    book.receive("1", "10.00")
    book.receive("1", "20.00")
    book.take_back("1", book.issue("1"))
    book.issue("1")
    assert on_hand(replay(book.legs(returns_at_end=at_end))) == ("1", left)


@pytest.mark.parametrize(("trues_up", "returned"), [(True, "20.00"), (False, "10.00")])
def test_a_provisional_cost_stays_if_the_policy_says_so(replay: Valuation, trues_up: bool, returned: str) -> None:
    """Issue 10 provisionally at 1, receive 10 @ 2, return 10: the true-up is shown, the return is told of it or not."""
    book = Ledger(FIFO)
    issue = book.issue("10", standard="1")
    book.receive("10", "20.00")
    back = book.take_back("10", issue)
    result = replay(book.legs(true_up_issues=trues_up))
    assert money(result.true_ups.amount) == ["10.00"]
    assert money(result.amount[[back]]) == [returned]


def test_a_provisional_cost_that_stays_does_not_follow_moved_goods(replay: Valuation) -> None:
    book = Ledger(FIFO, cells=2)
    book.move("1", 0, 1, standard="5")
    covering = book.receive("1", "7.00")
    result = replay(book.legs(true_up_issues=False))
    assert (money(result.true_ups.amount), money(result.true_ups.placed)) == (["2.00"], ["0.00"])
    assert (result.status[covering], on_hand(result)) == (0, ("1", "5.00"))


def test_a_true_up_leaves_a_standard_alone(replay: Valuation) -> None:
    book = Ledger(FIFO, cells=2)
    book.methods[1] = STANDARD
    book.receive("1", "5.00")
    move = book.move("2", 0, 1, standard="10")
    covering = book.receive("1", "7.00")
    result = replay(book.legs())
    assert result.status[[move, covering]].tolist() == [NEGATIVE_ON_HAND, TRUE_UP_UNPLACED]
    assert (money(result.variance[[move]]), money(result.true_ups.placed)) == (["-10.00"], ["0.00"])
    assert on_hand(result) == ("2", "20.00")


# A change of method from a date on


@pytest.mark.parametrize(("prospective", "stock"), [(True, "285.00"), (False, "290.00")])
def test_a_change_of_method_is_value_neutral_or_retrospective(replay: Valuation, prospective: bool, stock: str) -> None:
    """10 @ 10, 10 @ 20, one sold, average to FIFO: from now on (Odoo up to 18) or as if it had always been (19)."""
    book = Ledger(AVERAGE if prospective else FIFO)
    book.receive("10", "100.00")
    book.receive("10", "200.00")
    book.issue("1")
    switch = book.switch(FIFO)
    book.receive("1", "50.00")
    next_issue = book.issue("1")
    result = replay(book.legs())
    assert money(result.to_amount_after[[switch]]) == [stock]
    assert money(result.amount[[switch, next_issue]]) == ["0.00", "15.00" if prospective else "10.00"]


def test_from_layers_to_lifo_to_an_average_and_back(replay: Valuation) -> None:
    book = Ledger(FIFO)
    first, second = book.receive("1", "10.00"), book.receive("1", "20.00")
    third = book.receive("2", "60.00")
    book.switch(LIFO)
    newest = book.issue("1")
    book.switch(FIFO)
    oldest = book.issue("1")
    book.switch(AVERAGE)
    mean = book.issue("1")
    result = replay(book.legs())
    assert money(result.amount[[newest, oldest, mean]]) == ["30.00", "10.00", "25.00"]
    assert result.takes.origin.tolist() == [third, first, -1]
    assert second not in result.open_layers.origin


def test_the_step_to_a_standard_cost_has_a_variance(replay: Valuation) -> None:
    book = Ledger(FIFO)
    book.receive("1", "10.00")
    book.receive("1", "20.00")
    known, unknown = book.switch(STANDARD, standard="12"), book.switch(STANDARD)
    result = replay(book.legs())
    assert money(result.variance[[known, unknown]]) == ["6.00", "0.00"]
    assert result.status[[known, unknown]].tolist() == [0, NO_STANDARD]
    assert on_hand(result) == ("2", "24.00")


@pytest.mark.parametrize("column", ["value", "source"])
def test_a_method_or_a_policy_that_does_not_exist_is_named(column: str) -> None:
    book = Ledger(FIFO)
    book.switch(FIFO)
    columns = vars(book.legs())
    columns[column] = np.full_like(columns[column], -2)
    with pytest.raises(ValueError, match=rf"legs\.{column} breaks its rule in row 0"):
        Legs(**columns)
    with pytest.raises(ValueError, match=r"legs\.share_by must be"):
        book.legs(share_by=9)
