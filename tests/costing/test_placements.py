"""Cases worked by hand: where late costs and true-ups found a place."""

from tieout.costing.events import AVERAGE, FIFO

from .streams import Ledger
from .worked import Valuation, money, places


def test_a_late_cost_says_which_cells_gained(replay: Valuation) -> None:
    """10 of 30 stay, 10 are in the shop in two layers, 10 are sold: 0.33 here, 0.17 and 0.17 there."""
    book = Ledger(FIFO, cells=4)
    receipt = book.receive("30", "30.00")
    book.receive("5", "5.00", cell=3)
    book.move("15", 0, 2)
    book.issue("10", cell=2)
    book.move("5", 0, 2)
    freight, nothing = book.add_cost("1.00", receipt), book.add_cost("0.00", receipt)
    result = replay(book.legs())
    assert places(result) == [(freight, -1, 0, "0.33"), (freight, -1, 2, "0.34")]
    assert money(result.placed[[freight, nothing]]) == ["0.67", "0.00"]


def test_under_average_a_late_cost_has_one_place(replay: Valuation) -> None:
    book = Ledger(AVERAGE)
    receipt = book.receive("4", "40.00")
    book.issue("1")
    credit = book.add_cost("-8.00", receipt)
    assert places(replay(book.legs())) == [(credit, -1, 0, "-6.00")]


def test_a_true_up_says_which_cells_gained(replay: Valuation) -> None:
    """A move's goes to its destination, an assembly's to its products by weight 2 and 1; an issue's to none."""
    book = Ledger(FIFO, cells=3)
    book.move("1", 0, 1, standard="5")
    book.put_in("1", 0, 0, standard="5")
    book.make("1", 0, 1, weight=2)
    book.make("1", 0, 2, weight=1)
    book.issue("1", standard="5")
    covering = book.receive("3", "24.00")
    result = replay(book.legs())
    assert money(result.true_ups.amount) == ["3.00"] * 3
    assert places(result) == [(covering, 0, 1, "3.00"), (covering, 1, 1, "2.00"), (covering, 1, 2, "1.00")]


def test_one_leg_may_find_thousands_of_places(replay: Valuation) -> None:
    """A receipt covers what 500 assemblies of three products took; the goods of another lie in 1,500 cells."""
    many, spread = 500, 1_500
    book = Ledger(FIFO, cells=spread + 2)
    for group in range(many):
        book.put_in("1", group, 1, standard="3")
        for _ in range(3):
            book.make("1", group, 0)
    covering = book.receive(str(many), f"{6 * many}.00", cell=1)
    receipt = book.receive(str(spread), "100.00", cell=1)
    for cell in range(2, spread + 2):
        book.move("1", 1, cell)
    freight = book.add_cost(f"{spread}.00", receipt, cell=2)
    found = replay(book.legs()).placements
    assert found.leg.tolist() == [covering] * 3 * many + [freight] * spread
    assert found.cell.tolist() == [0] * 3 * many + list(range(2, spread + 2))
    assert set(money(found.amount)) == {"1.00"}
