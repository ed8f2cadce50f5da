"""Cases worked by hand: costs that moved goods take on, on the way or later."""

import pytest

from tieout.costing.events import AUTO, AVERAGE, FIFO, LAYERS, LIFO, LIMIT, OVERFLOW_REFUSED, SPECIFIC, STANDARD

from .streams import Ledger
from .worked import Valuation, money, on_hand, places

every_method = pytest.mark.parametrize("method", [FIFO, AVERAGE, LIFO, SPECIFIC])


# A cost on the way


def test_moved_goods_take_on_a_cost_by_quantity(replay: Valuation) -> None:
    """1 @ 10 and 2 @ 20 leave for 50, freight 10: they arrive as 13.33 and 46.67."""
    book = Ledger(FIFO, cells=2)
    book.receive("1", "10.00")
    book.receive("2", "40.00")
    move = book.move("3", 0, 1, freight="10.00")
    result = replay(book.legs())
    assert (money(result.amount[[move]]), money(result.to_amount_after[[move]])) == (["50.00"], ["60.00"])
    assert money(result.takes.amount) == ["10.00", "40.00"]
    assert money(result.open_layers.amount) == ["13.33", "46.67"]


@every_method
def test_what_is_sold_after_a_move_costs_its_freight_too(replay: Valuation, method: int) -> None:
    """2 @ 10 in the shop, 2 @ 10 come with freight of 8: together 48."""
    book = Ledger(method, cells=2)
    book.receive("2", "20.00", cell=1)
    book.receive("2", "20.00")
    book.move("2", 0, 1, freight="8.00")
    issue = book.issue("4", cell=1)
    assert money(replay(book.legs()).amount[[issue]]) == ["48.00"]


def test_goods_moved_before_they_are_there_bear_the_last_of_the_freight(replay: Valuation) -> None:
    """1 @ 10 is there, 4 are moved with freight of 2: 10.50 and 3 provisional @ 10 with 1.50. They prove to cost 12."""
    book = Ledger(FIFO, cells=2)
    book.receive("1", "10.00")
    move = book.move("4", 0, 1, freight="2.00")
    covering = book.receive("3", "36.00")
    result = replay(book.legs())
    assert (money(result.amount[[move]]), money(result.to_amount_after[[move]])) == (["40.00"], ["42.00"])
    assert (money(result.true_ups.amount), places(result)) == (["6.00"], [(covering, 0, 1, "6.00")])
    assert money(result.open_layers.amount) == ["10.50", "37.50"]


def test_what_a_move_covers_costs_its_freight_too(replay: Valuation) -> None:
    """One short at 5; two arrive at 10 with freight of 4: its cost was 12."""
    book = Ledger(FIFO, cells=2)
    issue = book.issue("1", cell=1, standard="5")
    book.receive("2", "20.00")
    book.move("2", 0, 1, freight="4.00")
    result = replay(book.legs())
    assert (result.true_ups.issue.tolist(), money(result.true_ups.amount)) == ([issue], ["7.00"])
    assert on_hand(result) == ("1", "12.00")


def test_freight_into_a_standard_cell_is_a_variance(replay: Valuation) -> None:
    """10 @ 9 and freight of 15 at standard 10: 90 + 15 - 100. Without a standard they stand at 105."""
    for standard, variance, stock in (("10", "5.00", "100.00"), ("", "0.00", "105.00")):
        book = Ledger(FIFO, cells=2)
        book.methods[1] = STANDARD
        book.receive("10", "90.00")
        move = book.move("10", 0, 1, standard=standard, freight="15.00")
        result = replay(book.legs())
        assert (money(result.amount[[move]]), money(result.variance[[move]])) == (["90.00"], [variance])
        assert on_hand(result) == ("10", stock)


@pytest.mark.parametrize("freight", [LIMIT - 199, 2**63 - 1])
@pytest.mark.parametrize("method", [FIFO, STANDARD])
def test_freight_beyond_the_bounds_is_refused(replay: Valuation, freight: int, method: int) -> None:
    book = Ledger(FIFO, cells=2, scale=0)
    book.methods[1] = method
    book.receive("1", "100")
    refused, move = book.move("1", 0, 1, freight=str(freight)), book.move("1", 0, 1, freight=str(LIMIT - 200 * 2))
    result = replay(book.legs())
    assert result.status[refused] == OVERFLOW_REFUSED
    assert (result.amount[refused], result.from_amount_after[refused]) == (0, 100)
    assert (result.amount[move], result.to_amount_after[move]) == (100, LIMIT - 300)


def test_a_cost_on_the_way_is_not_negative() -> None:
    book = Ledger(FIFO, cells=2)
    book.move("1", 0, 1, freight="-1.00")
    with pytest.raises(ValueError, match=r"legs\.value breaks its rule in row 0"):
        book.legs()


# A late cost of goods that were moved


def test_a_late_cost_of_a_move_goes_to_what_is_left_of_it_where_it_went(replay: Valuation) -> None:
    """6 of 10 moved behind 2 others; 3 sold and 1 moved on: 4 of 6 are there, 12.00 of freight finds room for 8."""
    book = Ledger(FIFO, cells=3)
    book.receive("2", "20.00", cell=1)
    receipt = book.receive("10", "100.00")
    move = book.move("6", 0, 1)
    book.issue("3", cell=1)
    book.move("1", 1, 2)
    freight = book.add_cost("12.00", move, cell=1)
    result = replay(book.legs())
    assert (money(result.amount[[freight]]), money(result.placed[[freight]])) == (["12.00"], ["8.00"])
    assert places(result) == [(freight, -1, 1, "8.00")]
    assert result.open_layers.origin.tolist() == [receipt] * 3
    assert money(result.open_layers.amount) == ["40.00", "48.00", "10.00"]


def test_a_late_cost_of_a_move_knows_it_from_another(replay: Valuation) -> None:
    """Two moves of one receipt lie in one cell, the first short of a unit: each has its own freight."""
    book = Ledger(FIFO, cells=2)
    book.receive("1", "10.00")
    first = book.move("2", 0, 1)
    book.receive("2", "20.00")
    second = book.move("1", 0, 1)
    book.add_cost("4.00", first, cell=1)
    book.add_cost("-3.00", second, cell=1)
    assert money(replay(book.legs()).open_layers.amount) == ["12.00", "12.00", "7.00"]


@pytest.mark.parametrize(("share_by", "placed"), [(AUTO, "12.00"), (LAYERS, "10.00")])
def test_a_late_cost_of_a_move_into_an_average(replay: Valuation, share_by: int, placed: str) -> None:
    """4 were there, 6 are moved in, 5 sold and 5 received: six may be left of the ten, or five by a FIFO shadow."""
    book = Ledger(AVERAGE, cells=2)
    book.receive("4", "40.00", cell=1)
    book.receive("6", "60.00")
    move = book.move("6", 0, 1)
    book.issue("5", cell=1)
    book.receive("5", "50.00", cell=1)
    freight = book.add_cost("12.00", move, cell=1)
    assert money(replay(book.legs(share_by=share_by)).placed[[freight]]) == [placed]


def test_a_late_cost_of_a_move_to_a_standard_cost_finds_no_place(replay: Valuation) -> None:
    book = Ledger(FIFO, cells=2)
    book.methods[1] = STANDARD
    book.receive("1", "10.00")
    move = book.move("1", 0, 1, standard="10")
    book.add_cost("3.00", move, cell=1)
    result = replay(book.legs())
    assert (places(result), on_hand(result)) == ([], ("1", "10.00"))


def test_a_late_cost_of_a_move_is_said_where_it_went() -> None:
    book = Ledger(FIFO, cells=2)
    move = book.move("1", 0, 1)
    book.add_cost("3.00", move, cell=0)
    with pytest.raises(ValueError, match=r"legs\.source breaks its rule in row 1"):
        book.legs()
