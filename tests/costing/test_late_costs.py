"""Cases worked by hand: costs that come late, revaluations, and assemblies."""

import numpy as np
import pytest

from tieout.costing.events import (
    AUTO,
    AVERAGE,
    FIFO,
    LAYERS,
    LIFO,
    LIMIT,
    OVERFLOW_REFUSED,
    POOL,
    REVALUED_IN_PART,
    REVALUED_NOTHING,
    SPECIFIC,
    STANDARD,
    TRUE_UP_UNPLACED,
    Legs,
)

from .streams import Ledger
from .worked import Valuation, money, on_hand

every_method = pytest.mark.parametrize("method", [FIFO, AVERAGE, LIFO, SPECIFIC])

# A cost that comes late: what is left of the goods carries its part, the rest belongs to those that are gone


@every_method
def test_a_bill_above_the_order_is_split(replay: Valuation, method: int) -> None:
    """metasfresh: 10 @ 10, 7 sold, billed at 13: 9 to stock, 21 to cost of sales, the last 3 leave at 39."""
    book = Ledger(method)
    receipt = book.receive("10", "100.00")
    sold, bill, last = book.issue("7"), book.add_cost("30.00", receipt), book.issue("3")
    result = replay(book.legs())
    assert (money(result.amount[[bill]]), money(result.placed[[bill]])) == (["30.00"], ["9.00"])
    assert money(result.amount[[sold, last]]) == ["70.00", "39.00"]
    assert on_hand(result) == ("0", "0.00")


@every_method
def test_when_all_is_sold_all_of_it_is_cost_of_sales(replay: Valuation, method: int) -> None:
    """5 @ 100, 5 sold, then freight of 50: the issue stays 500, and so does what comes back of it."""
    book = Ledger(method)
    receipt = book.receive("5", "500.00")
    issue, freight = book.issue("5"), book.add_cost("50.00", receipt)
    back = book.take_back("2", issue)
    result = replay(book.legs())
    assert (money(result.amount[[freight]]), money(result.placed[[freight]])) == (["50.00"], ["0.00"])
    assert money(result.amount[[issue, back]]) == ["500.00", "200.00"]


@pytest.mark.parametrize(("share_by", "stock"), [(AUTO, "385.00"), (POOL, "385.00"), (LAYERS, "375.00")])
def test_freight_under_average_goes_by_the_pool_or_by_a_fifo_shadow(
    replay: Valuation, share_by: int, stock: str
) -> None:
    """10 @ 10, 10 @ 20, one sold, freight of 100 on the first: 19 are there, so all ten of it may be (iDempiere), or
    nine of them are left, had they gone first in, first out (Odoo)."""
    book = Ledger(AVERAGE)
    receipt = book.receive("10", "100.00")
    book.receive("10", "200.00")
    book.issue("1")
    book.add_cost("100.00", receipt)
    assert on_hand(replay(book.legs(share_by=share_by))) == ("19", stock)


@pytest.mark.parametrize(
    ("share_by", "placed", "stock"),
    [(AUTO, "90.00", "380.00"), (LAYERS, "90.00", "380.00"), (POOL, "100.00", "390.00")],
)
def test_freight_goes_to_what_is_left_of_its_receipt_or_to_the_pool(
    replay: Valuation, share_by: int, placed: str, stock: str
) -> None:
    book = Ledger(FIFO)
    receipt = book.receive("10", "100.00")
    book.receive("10", "200.00")
    book.issue("1")
    freight = book.add_cost("100.00", receipt)
    result = replay(book.legs(share_by=share_by))
    assert money(result.placed[[freight]]) == [placed]
    assert on_hand(result) == ("19", stock)


def test_a_late_cost_is_split_anew_when_earlier_facts_arrive(replay: Valuation) -> None:
    """iDempiere: 10 @ 5 sold, freight 10: none of it in stock. With 4 @ 5 from the day before 4, and after 12 @ 7 ten
    cost 67.50 instead of 70. With 6 of 10 sold the day before: 4 instead of 10."""
    for earlier, placed, cost in ((False, "0.00", "70.00"), (True, "4.00", "67.50")):
        book = Ledger(AVERAGE)
        receipt = book.receive("10", "50.00")
        book.issue("10")
        if earlier:
            book.receive("4", "20.00")
        freight = book.add_cost("10.00", receipt)
        book.receive("12", "84.00")
        issue = book.issue("10")
        result = replay(book.legs())
        assert (money(result.placed[[freight]]), money(result.amount[[issue]])) == ([placed], [cost])
    for sold, placed in ((False, "10.00"), (True, "4.00")):
        book = Ledger(FIFO)
        receipt = book.receive("10", "50.00")
        if sold:
            book.issue("6")
        freight = book.add_cost("10.00", receipt)
        assert money(replay(book.legs()).placed[[freight]]) == [placed]


def test_a_late_cost_finds_its_goods_wherever_they_are(replay: Valuation) -> None:
    """10 of 30 stay, 10 are in the shop, 10 are sold there; 1.00 on the receipt: 0.33 and 0.34 find stock."""
    book = Ledger(FIFO, cells=4)
    receipt, other = book.receive("30", "30.00"), book.receive("5", "5.00", cell=3)
    book.move("20", 0, 2)
    book.issue("10", cell=2)
    freight = book.add_cost("1.00", receipt)
    result = replay(book.legs())
    assert money(result.placed[[freight]]) == ["0.67"]
    assert result.open_layers.origin.tolist() == [receipt, receipt, other]
    assert money(result.open_layers.amount) == ["10.33", "10.34", "5.00"]


def test_freight_leaves_with_goods_that_go_back(replay: Valuation) -> None:
    """5 @ 100 and 50 of freight; two go back to the supplier: 330 are left."""
    book = Ledger(FIFO)
    receipt = book.receive("5", "500.00")
    book.add_cost("50.00", receipt)
    out = book.issue("2", source=receipt)
    result = replay(book.legs())
    assert money(result.amount[[out]]) == ["220.00"]
    assert on_hand(result) == ("3", "330.00")


def test_a_credit_never_takes_a_layer_below_zero(replay: Valuation) -> None:
    book = Ledger(FIFO)
    receipt = book.receive("10", "100.00")
    book.issue("4")
    credit = book.add_cost("-250.00", receipt)
    result = replay(book.legs())
    assert (money(result.amount[[credit]]), money(result.placed[[credit]])) == (["-250.00"], ["-60.00"])
    assert on_hand(result) == ("6", "0.00")


def test_a_standard_cost_takes_no_late_cost(replay: Valuation) -> None:
    book = Ledger(STANDARD)
    receipt = book.receive("10", "100.00", standard="10")
    costs = [book.add_cost("20.00", receipt), book.add_cost("20.00", -1)]
    result = replay(book.legs(share_by=POOL))
    assert money(result.placed[costs]) == ["0.00", "0.00"]
    assert on_hand(result) == ("10", "100.00")


# Revaluation


@every_method
def test_a_revaluation_to_a_unit_cost_is_exact(replay: Valuation, method: int) -> None:
    """7 worth 37, shown at a rounded 5.29; at 7 each they gain 12 exactly, not 11.97."""
    book = Ledger(method)
    book.receive("3", "17.00")
    book.receive("4", "20.00")
    revaluation, issue = book.revalue(standard="7"), book.issue("2")
    result = replay(book.legs())
    assert money(result.amount[[revaluation, issue]]) == ["12.00", "14.00"]


def test_an_amount_is_spread_over_the_layers_by_quantity(replay: Valuation) -> None:
    """1.00 over three units; then -12 where 3 @ 1 can give only theirs: the dear layer gives the rest."""
    book = Ledger(FIFO)
    book.receive("1", "10.00")
    book.receive("2", "20.00")
    up = book.revalue("1.00")
    book.receive("3", "3.00")
    down = book.revalue("-12.00")
    result = replay(book.legs())
    assert money(result.amount[[up, down]]) == ["1.00", "-12.00"]
    assert money(result.open_layers.amount) == ["5.33", "16.67", "0.00"]


def test_a_write_down_stops_at_zero(replay: Valuation) -> None:
    book = Ledger(FIFO)
    book.receive("1", "10.00")
    too_much, again = book.revalue("-15.00"), book.revalue("-1.00")
    result = replay(book.legs())
    assert money(result.amount[[too_much, again]]) == ["-10.00", "0.00"]
    assert result.status[[too_much, again]].tolist() == [REVALUED_IN_PART] * 2
    assert on_hand(result) == ("1", "0.00")


def test_without_stock_or_a_new_cost_nothing_is_revalued(replay: Valuation) -> None:
    book = Ledger(FIFO)
    empty = book.revalue(standard="7")
    book.issue("1", standard="5")
    short = book.revalue("3.00")
    book.receive("2", "10.00")
    no_cost = book.revalue()
    result = replay(book.legs())
    assert result.status[[empty, short, no_cost]].tolist() == [REVALUED_NOTHING] * 3
    assert result.amount[[empty, short, no_cost]].tolist() == [0, 0, 0]
    assert on_hand(result) == ("1", "5.00")


def test_a_late_cost_or_a_revaluation_beyond_the_bounds_is_refused(replay: Valuation) -> None:
    book = Ledger(FIFO, scale=0)
    receipt = book.receive("1000000", str(LIMIT - 10))
    refused = [book.add_cost("11", receipt), book.revalue("11"), book.revalue(standard="9000000000000")]
    refused.append(book.switch(STANDARD, standard="9000000000000"))
    result = replay(book.legs())
    assert result.status[refused].tolist() == [OVERFLOW_REFUSED] * 4
    assert result.open_layers.amount.tolist() == [LIMIT - 10]
    assert result.open_layers.origin.tolist() == [receipt]


# Assemblies: what goes in comes out


def test_one_production_of_two_or_two_of_one(replay: Valuation) -> None:
    """Components @ 10 and @ 20: made together the two kits are 15 each, made one by one 10 and 20."""
    parts, kits = 0, 1
    together = Ledger(FIFO, cells=2)
    together.receive("1", "10.00")
    together.receive("1", "20.00")
    together.put_in("2", 0, parts)
    kit = together.make("2", 0, kits)
    sale = together.issue("1", cell=kits)
    assert money(replay(together.legs()).amount[[kit, sale]]) == ["30.00", "15.00"]
    apart = Ledger(FIFO, cells=2)
    apart.receive("1", "10.00")
    apart.receive("1", "20.00")
    made = []
    for group in range(2):
        apart.put_in("1", group, parts)
        made.append(apart.make("1", group, kits))
    result = replay(apart.legs())
    assert money(result.amount[made]) == ["10.00", "20.00"]
    assert result.open_layers.origin.tolist() == made


def test_a_by_product_takes_its_share_and_all_together_all(replay: Valuation) -> None:
    """10.00 by 90 % and 10 % is 9 and 1; 10.00 over three is 3.33, 3.34 and 3.33."""
    book = Ledger(AVERAGE, cells=3)
    book.receive("2", "20.00")
    book.put_in("1", 0)
    shares = [book.make("1", 0, 1, weight=90), book.make("1", 0, 2, weight=10)]
    book.put_in("1", 1)
    thirds = [book.make("1", 1, 1, weight=7) for _ in range(3)]
    result = replay(book.legs())
    assert money(result.amount[shares]) == ["9.00", "1.00"]
    assert money(result.amount[thirds]) == ["3.33", "3.34", "3.33"]


@every_method
def test_labour_is_added(replay: Valuation, method: int) -> None:
    """Components worth 5,000 and 1,200 of labour make 6,200."""
    book = Ledger(method, cells=3)
    book.receive("10", "2000.00", cell=0)
    book.receive("10", "3000.00", cell=1)
    book.put_in("10", 0, 0)
    book.put_in("10", 0, 1)
    kit = book.make("1", 0, 2, labour="1200.00")
    result = replay(book.legs())
    assert money(result.amount[[kit]]) == ["6200.00"]
    assert on_hand(result) == ("1", "6200.00")


def test_a_kit_at_standard_cost_has_a_variance(replay: Valuation) -> None:
    book = Ledger(FIFO, cells=2)
    book.methods[1] = STANDARD
    book.receive("1", "10.00")
    book.put_in("1", 0)
    kit = book.make("1", 0, 1, labour="3.00", standard="12")
    result = replay(book.legs())
    assert (money(result.amount[[kit]]), money(result.variance[[kit]])) == (["13.00"], ["1.00"])


def test_a_components_true_up_follows_into_the_products(replay: Valuation) -> None:
    """Two provisional at 5 made three kits, one is sold; the parts prove to cost 8: +6, by weight 4 and 2."""
    book = Ledger(FIFO, cells=3)
    book.receive("1", "1.00", cell=2)
    issue = book.put_in("2", 0, 0, standard="5")
    kits, by_product = book.make("3", 0, 1, weight=2), book.make("1", 0, 2)
    book.issue("1", cell=1)
    covering = book.receive("2", "16.00")
    result = replay(book.legs())
    assert money(result.amount[[kits, by_product]]) == ["6.67", "3.33"]
    assert (result.true_ups.issue.tolist(), result.true_ups.covering.tolist()) == ([issue], [covering])
    assert (money(result.true_ups.amount), money(result.true_ups.placed)) == (["6.00"], ["6.00"])
    assert money(result.open_layers.amount) == ["8.45", "1.00", "5.33"]
    assert result.status[covering] == 0


def test_a_true_up_before_the_product_comes_with_it(replay: Valuation) -> None:
    book = Ledger(FIFO, cells=2)
    book.put_in("1", 0, 0, standard="5")
    book.receive("1", "8.00")
    kit = book.make("1", 0, 1)
    result = replay(book.legs())
    assert (money(result.true_ups.carried), money(result.true_ups.placed)) == (["3.00"], ["0.00"])
    assert money(result.amount[[kit]]) == ["8.00"]


def test_a_true_up_of_kits_that_are_gone_finds_no_place(replay: Valuation) -> None:
    book = Ledger(FIFO, cells=2)
    book.put_in("1", 0, 0, standard="5")
    book.make("1", 0, 1)
    book.issue("1", cell=1)
    covering = book.receive("1", "8.00")
    result = replay(book.legs())
    assert (money(result.true_ups.amount), money(result.true_ups.placed)) == (["3.00"], ["0.00"])
    assert result.status[covering] == TRUE_UP_UNPLACED


@pytest.mark.parametrize(
    ("column", "values", "row"),
    [
        ("group", [-1, -1, 0], 1),
        ("group", [-1, 7, 7], 1),
        ("group", [-1, 0, -1], 2),
        ("weight", [0, 0, 0], 2),
        ("weight", [0, 0, -1], 2),
        ("weight", [0, 0, LIMIT + 1], 2),
        ("op", [1, 8, 7], None),
    ],
)
def test_an_assembly_that_cannot_be_is_named(column: str, values: list[int], row: int | None) -> None:
    book = Ledger(FIFO, cells=2)
    book.receive("1", "1.00")
    book.put_in("1", 0)
    book.make("1", 0, 1)
    columns = vars(book.legs())
    columns[column] = np.array(values, columns[column].dtype)
    if row is None:  # what comes out stands before what goes in
        column, row = "group", 1
        columns["cell_from"], columns["cell_to"] = np.array([-1, -1, 0]), np.array([0, 1, -1])
    with pytest.raises(ValueError, match=rf"legs\.{column} breaks its rule in row {row}"):
        Legs(**columns)


def test_an_assembly_lies_in_one_pool_and_says_its_group() -> None:
    book = Ledger(FIFO, cells=2)
    book.put_in("1", 0)
    book.make("1", 0, 1)
    columns = vars(book.legs())
    with pytest.raises(ValueError, match=r"legs\.group breaks its rule in row 0"):
        Legs(**columns | {"pool_offsets": np.array([0, 1, 2])})
    with pytest.raises(ValueError, match=r"one entry per leg where there are assemblies"):
        Legs(**columns | {"group": np.empty(0, np.int64)})
