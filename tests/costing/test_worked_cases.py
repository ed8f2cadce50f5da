"""Cases worked by hand, most of them known from the defects of inventory systems; each runs on the kernel and its twin.

Quantities are in units, money in the currency, as in the words of each case.
"""

import numpy as np
import pytest

from tieout.costing.events import (
    AVERAGE,
    COST_ASSUMED,
    FIFO,
    LIMIT,
    NEGATIVE_ON_HAND,
    NO_COST,
    OVERFLOW_REFUSED,
    RETURN_EXCEEDS_SOURCE,
    RETURN_WITHOUT_SOURCE,
    TRUE_UP_UNPLACED,
    Legs,
)

from .streams import Ledger
from .worked import Valuation, money, on_hand

both_methods = pytest.mark.parametrize("method", [FIFO, AVERAGE])


# Conservation: the last units take all that is left


def test_average_never_loses_the_half_cent(replay: Valuation) -> None:
    """10 @ 16.83 and 10 @ 20; two issues leave 18.41, where a rounded average of 18.415 would claim 18.42."""
    book = Ledger(AVERAGE)
    book.receive("10", "168.30")
    book.receive("10", "200.00")
    issues = [book.issue("10"), book.issue("9")]
    result = replay(book.legs())
    assert money(result.amount[issues]) == ["184.15", "165.74"]
    assert on_hand(result) == ("1", "18.41")


@both_methods
def test_a_hundred_shared_by_three_units(replay: Valuation, method: int) -> None:
    """33.33, 33.34, 33.33: three times a stored 33.33 would strand a cent."""
    book = Ledger(method)
    book.receive("3", "100.00")
    issues = [book.issue("1") for _ in range(3)]
    result = replay(book.legs())
    assert money(result.amount[issues]) == ["33.33", "33.34", "33.33"]
    assert on_hand(result) == ("0", "0.00")


@both_methods
def test_half_a_cent_goes_up(replay: Valuation, method: int) -> None:
    """65.33 ÷ 2 is 32.67 here, 32.66 in a system that rounds half to even."""
    book = Ledger(method)
    book.receive("2", "65.33")
    issue = book.issue("1")
    assert money(replay(book.legs()).amount[[issue]]) == ["32.67"]


# Exact quantities


@both_methods
def test_seventy_tenths_make_seven(replay: Valuation, method: int) -> None:
    """In binary floats 8.1e-15 units remain and the unit cost explodes."""
    book = Ledger(method)
    book.receive("7.0", "24.46")
    issues = [book.issue("0.1") for _ in range(70)]
    result = replay(book.legs())
    assert sum(result.amount[issues].tolist()) == 2446
    assert on_hand(result) == ("0", "0.00")
    assert len(result.open_layers.cell) == 0


@both_methods
def test_a_currency_without_decimals_closes_too(replay: Valuation, method: int) -> None:
    book = Ledger(method, scale=0)
    book.receive("0.5", "2")  # 0.5 × 3, rounded
    issue = book.issue("0.5")
    result = replay(book.legs())
    assert result.amount[issue] == 2
    assert result.from_amount_after[issue] == 0


# FIFO costs come from layers


def test_fifo_takes_layers_not_an_average(replay: Valuation) -> None:
    """5 @ 8 and 8 @ 12; six more units cost 4 × 8 + 2 × 12 = 56.00, not 6 × 9.33 = 55.98."""
    book = Ledger(FIFO)
    first, second = book.receive("5", "40.00"), book.receive("8", "96.00")
    issues = [book.issue("1"), book.issue("6")]
    result = replay(book.legs())
    assert money(result.amount[issues]) == ["8.00", "56.00"]
    assert result.takes.leg.tolist() == [issues[0], issues[1], issues[1]]
    assert result.takes.origin.tolist() == [first, first, second]
    assert money(result.takes.amount) == ["8.00", "32.00", "24.00"]
    assert (result.open_layers.origin.tolist(), money(result.open_layers.amount)) == ([second], ["72.00"])


# Moving average is a pair of quantity and value


def test_average_carries_value_and_quantity(replay: Valuation) -> None:
    """60 @ 15 and 140 @ 15.50; after 70 @ 16 the average is 15.91875, and the last issue takes the remaining 795.94."""
    book = Ledger(AVERAGE)
    book.receive("60", "900.00")
    book.receive("140", "2170.00")
    issues = [book.issue("190")]
    book.receive("70", "1120.00")
    issues += [book.issue("30"), book.issue("50")]
    result = replay(book.legs())
    assert money(result.amount[issues]) == ["2916.50", "477.56", "795.94"]
    assert on_hand(result) == ("0", "0.00")
    assert set(result.takes.origin.tolist()) == {-1}


def test_the_last_average_does_not_mix_into_the_next_receipt(replay: Valuation) -> None:
    """The pool was empty at 20; goods received at 10 cost 10."""
    book = Ledger(AVERAGE)
    book.receive("1", "20.00")
    book.issue("1")
    book.receive("1", "10.00")
    issue = book.issue("1")
    assert money(replay(book.legs()).amount[[issue]]) == ["10.00"]


def test_the_last_average_is_the_provisional_cost_of_an_empty_pool(replay: Valuation) -> None:
    book = Ledger(AVERAGE)
    book.receive("3", "100.00")
    book.issue("3")
    issue = book.issue("3", standard="7")
    assert money(replay(book.legs()).amount[[issue]]) == ["100.00"]  # 3 × 33.333..., not 3 × 33.33


def test_free_goods_lower_the_average(replay: Valuation) -> None:
    book = Ledger(AVERAGE)
    book.receive("1", "1000.00")
    book.receive("10", "0.00")
    issue = book.issue("1")
    assert money(replay(book.legs()).amount[[issue]]) == ["90.91"]


# Issue before receipt: provisional, then trued up under the issue's name


def test_fifo_shortage_is_trued_up_by_the_next_receipt(replay: Valuation) -> None:
    """10 @ 10, 10 @ 20, issue 30 for 500, 10 of them provisional at 20; 10 @ 30 adds 100; 10 @ 40 is then whole."""
    book = Ledger(FIFO)
    book.receive("10", "100.00")
    book.receive("10", "200.00")
    issue = book.issue("30")
    covering, last = book.receive("10", "300.00"), book.receive("10", "400.00")
    result = replay(book.legs())
    assert money(result.amount[[issue]]) == ["500.00"]
    assert result.status[issue] == NEGATIVE_ON_HAND
    assert money(result.from_amount_after[[issue]]) == ["-200.00"]
    assert (result.true_ups.issue.tolist(), result.true_ups.covering.tolist()) == ([issue], [covering])
    assert (money(result.true_ups.amount), result.true_ups.quantity.tolist()) == (["100.00"], [100_000])
    assert money(result.to_amount_after[[covering, last]]) == ["0.00", "400.00"]


def test_average_shortage_without_any_cost(replay: Valuation) -> None:
    """Issue 2 at nothing, then 20 @ 3.33: they cost 6.66 and 18 stay at 3.33, where the naive formula says 3.70."""
    book = Ledger(AVERAGE)
    issue = book.issue("2")
    book.receive("20", "66.60")
    result = replay(book.legs())
    assert result.status[issue] == NEGATIVE_ON_HAND | NO_COST
    assert (money(result.amount[[issue]]), money(result.true_ups.amount)) == (["0.00"], ["6.66"])
    assert on_hand(result) == ("18", "59.94")


@both_methods
def test_partly_covered_stays_provisional(replay: Valuation, method: int) -> None:
    """Five short at 100; one received at 10 leaves -400, not -490 and not a unit cost of its own."""
    book = Ledger(method)
    book.issue("5", standard="100")
    receipt = book.receive("1", "10.00")
    result = replay(book.legs())
    assert (result.to_quantity_after[receipt], money(result.to_amount_after[[receipt]])) == (-40_000, ["-400.00"])
    assert money(result.true_ups.amount) == ["-90.00"]
    assert money(result.open_shortages.amount) == ["400.00"]


def test_a_dear_inflow_into_a_short_pool_keeps_the_sign(replay: Valuation) -> None:
    """Average 18.18, 100 issued, 8 received @ 100: mixing gives a unit cost of -309.09."""
    book = Ledger(AVERAGE)
    book.receive("90", "1636.20")
    book.issue("100")
    book.receive("8", "800.00")
    result = replay(book.legs())
    assert on_hand(result) == ("-2", "-36.36")
    assert money(result.true_ups.amount) == ["654.56"]  # 800.00 - 8 × 18.18


def test_shortages_are_covered_oldest_first_and_release_all_of_their_cost(replay: Valuation) -> None:
    book = Ledger(FIFO)
    first, second = book.issue("3", standard="0.333333"), book.issue("2", standard="5")
    book.receive("2", "2.00")
    book.receive("4", "8.00")
    result = replay(book.legs())
    assert result.true_ups.issue.tolist() == [first, first, second]
    assert money(result.true_ups.amount) == ["1.33", "1.67", "-6.00"]  # first: 3 × 0.333333 = 1.00 as 0.67 and 0.33
    assert on_hand(result) == ("1", "2.00")


# Returns at the cost of the issue, as trued up


def test_a_return_takes_its_share_of_a_mixed_issue(replay: Valuation) -> None:
    """8 @ 10 and 4 @ 16; issue 10 costs 112, so one unit comes back at 11.20, at the end of the queue."""
    book = Ledger(FIFO)
    book.receive("8", "80.00")
    second = book.receive("4", "64.00")
    issue = book.issue("10")
    back = book.take_back("1", issue)
    result = replay(book.legs())
    assert money(result.amount[[issue, back]]) == ["112.00", "11.20"]
    assert result.open_layers.origin.tolist() == [second, back]


@both_methods
def test_a_return_follows_the_true_up(replay: Valuation, method: int) -> None:
    """Issue 10 provisionally at 1, receive 10 @ 2, return 10: 20 comes back, not 10."""
    book = Ledger(method)
    issue = book.issue("10", standard="1")
    book.receive("10", "20.00")
    back = book.take_back("10", issue)
    result = replay(book.legs())
    assert money(result.amount[[issue, back]]) == ["10.00", "20.00"]
    assert on_hand(result) == ("10", "20.00")


def test_returns_together_give_back_all_of_it(replay: Valuation) -> None:
    """Two pieces for 25.33 come back as 25.33, not as 2 × 12.67."""
    book = Ledger(FIFO)
    book.receive("2", "25.33")
    issue = book.issue("2")
    back = [book.take_back("1", issue), book.take_back("1", issue)]
    assert money(replay(book.legs()).amount[back]) == ["12.67", "12.66"]


def test_after_a_true_up_downwards_a_return_is_never_below_zero(replay: Valuation) -> None:
    """Half of 10 provisional at 10 came back for 50; then all ten proved to cost 10 together. 10 - 50 would be -40."""
    book = Ledger(FIFO, cells=2)
    issue = book.issue("10", standard="10")
    early = book.take_back("5", issue, cell=1)
    book.receive("10", "10.00")
    late = book.take_back("5", issue, cell=1)
    result = replay(book.legs())
    assert money(result.true_ups.amount) == ["-90.00"]
    assert money(result.amount[[early, late]]) == ["50.00", "0.00"]


def test_what_exceeds_the_issue_comes_back_at_the_cells_cost(replay: Valuation) -> None:
    book = Ledger(FIFO)
    book.receive("1", "10.00")
    issue = book.issue("1")
    book.receive("2", "60.00")
    back = book.take_back("3", issue)
    result = replay(book.legs())
    assert money(result.amount[[back]]) == ["70.00"]  # 1 @ 10 and 2 @ 30
    assert result.status[back] == RETURN_EXCEEDS_SOURCE


@both_methods
def test_a_return_without_a_source_is_flagged_and_never_silently_zero(replay: Valuation, method: int) -> None:
    book = Ledger(method)
    nothing_known = book.take_back("1")
    by_standard = book.take_back("1", cell=1, standard="4")
    book.issue("1", cell=1)
    by_last_known = book.take_back("1", cell=1, standard="9")
    book.methods.append(method)
    result = replay(book.legs())
    assert result.status[nothing_known] == RETURN_WITHOUT_SOURCE | NO_COST
    assert result.status[[by_standard, by_last_known]].tolist() == [RETURN_WITHOUT_SOURCE] * 2
    assert money(result.amount[[by_standard, by_last_known]]) == ["4.00", "4.00"]


# Inflows without a cost of their own


def test_an_inflow_without_cost_takes_the_pools_then_the_last_then_the_standard(replay: Valuation) -> None:
    book = Ledger(FIFO)
    by_standard = book.receive("1", standard="3")
    book.receive("1", "7.00")
    by_pool = book.receive("2")
    book.issue("4")
    by_last = book.receive("2", standard="99")
    result = replay(book.legs())
    assert money(result.amount[[by_standard, by_pool, by_last]]) == ["3.00", "10.00", "10.00"]
    assert result.status[[by_standard, by_pool, by_last]].tolist() == [COST_ASSUMED] * 3


# Moves are neutral and keep layers


@both_methods
def test_a_move_makes_no_cents(replay: Valuation, method: int) -> None:
    """1,728 of 20,000 kg @ 156.526 leave and arrive for 270,476.93; the rate rounded to 156.53 gains 6.91."""
    book = Ledger(method, cells=2)
    receipt = book.receive("20000", "3130520.00")
    move = book.move("1728", 0, 1)
    result = replay(book.legs())
    assert money(result.amount[[move]]) == money(result.to_amount_after[[move]]) == ["270476.93"]
    assert money(result.from_amount_after[[move]]) == ["2860043.07"]
    assert result.open_layers.origin.tolist() == ([receipt, receipt] if method == FIFO else [-1, -1])


def test_layers_arrive_unchanged(replay: Valuation) -> None:
    """10 @ 50 and 5 @ 60 moved; 12 issued at the destination cost 620."""
    book = Ledger(FIFO, cells=2)
    first, second = book.receive("10", "500.00"), book.receive("5", "300.00")
    book.move("15", 0, 1)
    issue = book.issue("12", cell=1)
    result = replay(book.legs())
    assert money(result.amount[[issue]]) == ["620.00"]
    assert result.takes.origin[-2:].tolist() == [first, second]


def test_goods_in_transit_are_someones(replay: Valuation) -> None:
    """Two documents, two cells: the second leg takes its own goods (100, later 200), not the head of one queue."""
    book = Ledger(FIFO, cells=4)
    transit_one, transit_two, shop = 1, 2, 3
    book.receive("1", "100.00")
    book.receive("1", "200.00")
    book.move("1", 0, transit_one)
    book.move("1", 0, transit_two)
    arrivals = [book.move("1", transit_two, shop), book.move("1", transit_one, shop)]
    result = replay(book.legs())
    assert money(result.amount[arrivals]) == ["200.00", "100.00"]


def test_an_average_cell_merges_what_arrives_and_sends_on_its_average(replay: Valuation) -> None:
    book = Ledger(FIFO, cells=3)
    book.methods[1] = AVERAGE
    book.receive("1", "10.00")
    book.receive("1", "20.00")
    book.move("2", 0, 1)
    move = book.move("1", 1, 2)
    result = replay(book.legs())
    assert money(result.amount[[move]]) == ["15.00"]
    assert result.open_layers.origin.tolist() == [-1, -1]


def test_a_moves_true_up_follows_the_goods(replay: Valuation) -> None:
    """Two of three were moved before they were there; their true-up lands on the layer that they became."""
    book = Ledger(FIFO, cells=2)
    book.receive("1", "10.00", cell=1)
    book.receive("1", "10.00")
    book.move("3", 0, 1)
    book.receive("2", "26.00")
    result = replay(book.legs())
    assert (money(result.true_ups.amount), money(result.true_ups.placed)) == (["6.00"], ["6.00"])
    assert money(result.open_layers.amount) == ["10.00", "10.00", "26.00"]


def test_a_moves_true_up_without_stock_at_the_destination_stays_open(replay: Valuation) -> None:
    book = Ledger(FIFO, cells=2)
    move = book.move("2", 0, 1, standard="10")
    book.issue("2", cell=1)
    covering = book.receive("2", "26.00")
    result = replay(book.legs())
    assert (result.true_ups.issue.tolist(), money(result.true_ups.amount)) == ([move], ["6.00"])
    assert money(result.true_ups.placed) == ["0.00"]
    assert result.status[covering] == TRUE_UP_UNPLACED


def test_goods_that_go_back_settle_their_own_shortage(replay: Valuation) -> None:
    """A unit was moved before it was there, at 5. It is on its way back behind one of 7, which covers it: the true-up
    of 2 belongs to the stock that stays, not to goods on the road."""
    book = Ledger(FIFO, cells=2)
    book.receive("1", "7.00", cell=1)
    book.move("1", 0, 1, standard="5")
    book.receive("1", "3.00", cell=1)
    back = book.move("2", 1, 0)
    result = replay(book.legs())
    assert (money(result.true_ups.amount), money(result.true_ups.placed)) == (["2.00"], ["2.00"])
    assert money(result.amount[[back]]) == ["12.00"]
    assert result.open_layers.cell.tolist() == [0, 1]
    assert money(result.open_layers.amount) == ["5.00", "5.00"]


def test_a_moves_true_up_never_takes_stock_below_zero(replay: Valuation) -> None:
    """Ten moved at 100 each, nine gone on; all ten then cost 10 together. The one left gives its 100, 890 stay open."""
    book = Ledger(FIFO, cells=2)
    book.move("10", 0, 1, standard="100")
    book.issue("9", cell=1)
    covering = book.receive("10", "10.00")
    result = replay(book.legs())
    assert (money(result.true_ups.amount), money(result.true_ups.placed)) == (["-990.00"], ["-100.00"])
    assert result.status[covering] == TRUE_UP_UNPLACED
    assert on_hand(result) == ("1", "0.00")


# Bounds and wrong calls


@both_methods
def test_a_product_beyond_64_bits_is_exact(replay: Valuation, method: int) -> None:
    """4 × 10^16 minor units over 3 × 10^12 ten-thousandths, of which a third leaves."""
    book = Ledger(method)
    book.receive("300000000", "400000000000000.00")
    issue = book.issue("100000000")
    assert money(replay(book.legs()).amount[[issue]]) == ["133333333333333.33"]


def test_one_leg_may_take_thousands_of_layers_and_settle_thousands_of_shortages(replay: Valuation) -> None:
    book, many = Ledger(FIFO, cells=2), 2_000
    for _ in range(many):
        book.receive("1", "3.00")
    back_and_forth = [book.move(str(many), *way) for way in ((0, 1), (1, 0), (0, 1))]
    short = [book.issue("1", standard="1") for _ in range(many)]
    covering = book.receive(str(many), "10000.00")
    result = replay(book.legs())
    assert money(result.amount[back_and_forth]) == ["6000.00"] * 3
    assert result.takes.origin.tolist() == [*range(many)] * 3 + [covering] * many
    assert result.true_ups.issue.tolist() == short
    assert set(money(result.true_ups.amount)) == {"2.00"}  # 5 instead of the last known 3
    assert on_hand(result) == (str(many), "6000.00")


def test_beyond_the_bounds_a_leg_is_refused(replay: Valuation) -> None:
    book = Ledger(FIFO, scale=0)
    book.receive("1", str(LIMIT - 10))
    too_much = book.receive("1", "11")
    dear = book.issue("300000000", cell=0)
    issue = book.issue("1")
    result = replay(book.legs())
    assert result.status.tolist() == [0, OVERFLOW_REFUSED, OVERFLOW_REFUSED, OVERFLOW_REFUSED]
    assert result.amount[[too_much, dear, issue]].tolist() == [0, 0, 0]
    assert result.from_amount_after[issue] == LIMIT - 10


@pytest.mark.parametrize(
    ("column", "value"),
    [("quantity", 0), ("op", 10), ("cell_to", 7), ("cell_from", 0), ("value", -5), ("source", 0), ("standard", -2)],
)
def test_a_wrong_leg_is_named(column: str, value: int) -> None:
    book = Ledger(FIFO)
    book.receive("1", "10.00")
    columns = vars(book.legs())
    columns[column] = np.full_like(columns[column], value)
    with pytest.raises(ValueError, match=rf"legs\.{column} breaks its rule in row 0"):
        Legs(**columns)
