"""What goods cost when they bring no cost of their own, and how much a pool can bear, compiled."""

from typing import NamedTuple

from tieout.costing.book import (
    AMOUNT,
    METHOD,
    QUANTITY,
    TURNOVER_AMOUNT,
    TURNOVER_QUANTITY,
    UNIT_AMOUNT,
    UNIT_QUANTITY,
    Book,
)
from tieout.costing.events import LIMIT, NO_COST, NO_VALUE, STANDARD, Int64s
from tieout.costing.rounding import REFUSED, compiled, mul_div_half_up


class Costs(NamedTuple):
    """What the legs say about costs."""

    value: Int64s
    source: Int64s
    standard: Int64s
    divisor: int  # of quantity × standard


@compiled
def unit_cost(book: Book, costs: Costs, leg: int, cell: int, stock: tuple[int, int]) -> tuple[int, int, int]:
    """Unit cost as a pair for goods without one: the stock's, else the cell's last, else the standard, else zero.

    A STANDARD cell asks for the standard first.
    """
    standard = costs.standard[leg]
    if book.cells[cell, METHOD] == STANDARD and standard >= 0:
        return standard, costs.divisor, 0
    if stock[1] > 0:
        return stock[0], stock[1], 0
    if book.cells[cell, UNIT_QUANTITY] > 0:
        return book.cells[cell, UNIT_AMOUNT], book.cells[cell, UNIT_QUANTITY], 0
    if standard >= 0:
        return standard, costs.divisor, 0
    return 0, 1, NO_COST


@compiled
def without_cost(book: Book, costs: Costs, leg: int, quantity: int) -> tuple[int, int]:
    """Amount of goods that arrive without a cost (REFUSED beyond bounds), and NO_COST when there is none."""
    cell = book.cell_to[leg]
    stock = (book.cells[cell, AMOUNT], max(book.cells[cell, QUANTITY], 0))
    unit_amount, unit_quantity, no_cost = unit_cost(book, costs, leg, cell, stock)
    amount = mul_div_half_up(quantity, unit_amount, unit_quantity)
    return amount if amount <= LIMIT else REFUSED, no_cost


@compiled
def at_standard(costs: Costs, leg: int, quantity: int) -> int:
    """Amount of goods at the leg's standard cost: NO_VALUE when it is unknown, REFUSED beyond bounds."""
    if costs.standard[leg] < 0:
        return NO_VALUE
    amount = mul_div_half_up(quantity, costs.standard[leg], costs.divisor)
    return amount if amount <= LIMIT else REFUSED


@compiled
def fits(book: Book, quantity: int, amount: int) -> bool:
    """Whether the pool's turnover has room for this leg; keeps every sum inside int64 (see `LIMIT`)."""
    counters = book.counters
    return bool(quantity <= LIMIT - counters[TURNOVER_QUANTITY] and amount <= LIMIT - counters[TURNOVER_AMOUNT])


@compiled
def turn_over(book: Book, quantity: int, amount: int) -> None:
    """Counts a leg into the pool's turnover."""
    book.counters[TURNOVER_QUANTITY] += quantity
    book.counters[TURNOVER_AMOUNT] += amount
