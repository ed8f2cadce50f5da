"""Legs that bring goods, compiled: what they are worth when they arrive."""

from tieout.costing.book import (
    AMOUNT,
    BECAME,
    MADE,
    METHOD,
    POT,
    PRODUCT,
    QUANTITY,
    RETURNED_AMOUNT,
    RETURNED_QUANTITY,
    VARIANCE,
    Book,
    new_entry,
)
from tieout.costing.costs import Costs, at_standard, fits, turn_over, without_cost
from tieout.costing.events import (
    COST_ASSUMED,
    CURRENT,
    LIMIT,
    NO_ROW,
    NO_STANDARD,
    NO_VALUE,
    OVERFLOW_REFUSED,
    RETURN_EXCEEDS_SOURCE,
    RETURN_WITHOUT_SOURCE,
    STANDARD,
)
from tieout.costing.queues import deliver
from tieout.costing.rounding import REFUSED, compiled, compiled_apart, mul_div_half_up
from tieout.costing.true_ups import of_product


@compiled
def note_amount(book: Book, leg: int, amount: int) -> None:
    """Writes down what a leg moved, and counts it into the pool's turnover."""
    book.valued[0, leg] = amount
    turn_over(book, book.quantity[leg], amount)


@compiled_apart
def fits_at_standard(book: Book, costs: Costs, leg: int, amount: int) -> bool:
    """Whether the turnover has room for goods of this amount and for what they are worth at standard cost."""
    standard = at_standard(costs, leg, book.quantity[leg])
    return standard != REFUSED and fits(book, book.quantity[leg], amount + max(standard, 0))


@compiled_apart
def enter_at_standard(book: Book, costs: Costs, leg: int, amount: int) -> int:
    """Brings a valued leg's goods as one into a STANDARD cell, whatever they are worth; its status."""
    quantity, status = book.quantity[leg], 0
    standard = at_standard(costs, leg, quantity)
    if standard == NO_VALUE:
        standard, status = amount, NO_STANDARD
    else:
        turn_over(book, 0, standard)
    book.valued[VARIANCE, leg] = amount - standard
    deliver(book, leg, book.cell_to[leg], new_entry(book, quantity, standard, (standard, quantity), NO_ROW, NO_ROW))
    return status


@compiled
def _arrive(book: Book, costs: Costs, leg: int, amount: int, status: int) -> tuple[int, int]:
    """Brings an inflow of this amount into its cell; its status, and its layer there or -1."""
    quantity, cell = book.quantity[leg], book.cell_to[leg]
    if amount == REFUSED or not fits(book, quantity, amount):
        return OVERFLOW_REFUSED, NO_ROW
    if book.cells[cell, METHOD] == STANDARD:
        if not fits_at_standard(book, costs, leg, amount):
            return OVERFLOW_REFUSED, NO_ROW
        note_amount(book, leg, amount)
        return status | enter_at_standard(book, costs, leg, amount), NO_ROW
    note_amount(book, leg, amount)
    layer = new_entry(book, quantity, amount, (amount, quantity), NO_ROW, leg)
    return status, deliver(book, leg, cell, layer)


@compiled
def receive(book: Book, costs: Costs, leg: int) -> int:
    """Values an IN; its status."""
    amount, status = costs.value[leg], 0
    if amount == NO_VALUE:
        amount, no_cost = without_cost(book, costs, leg, book.quantity[leg])
        status = no_cost if no_cost else COST_ASSUMED
    elif costs.source[leg] >= 0:
        amount = min(amount, book.issued[costs.source[leg], AMOUNT])
    return _arrive(book, costs, leg, amount, status)[0]


@compiled
def take_back(book: Book, costs: Costs, leg: int) -> int:
    """Values a RETURN; its status. Its share of the issue is never below zero, also after a true-up downwards."""
    issued, source, quantity = book.issued, costs.source[leg], book.quantity[leg]
    status, part, within = 0 if source == CURRENT else RETURN_WITHOUT_SOURCE, 0, 0
    if source >= 0:
        returned = issued[source, RETURNED_QUANTITY]
        within = min(quantity, issued[source, QUANTITY] - returned)
        status = 0 if within == quantity else RETURN_EXCEEDS_SOURCE
    if within > 0:
        due = mul_div_half_up(issued[source, AMOUNT], returned + within, issued[source, QUANTITY])
        part = max(due - issued[source, RETURNED_AMOUNT], 0)
    beyond, no_cost = 0, 0
    if within < quantity:
        beyond, no_cost = without_cost(book, costs, leg, quantity - within)
    status, _ = _arrive(book, costs, leg, REFUSED if beyond == REFUSED else part + beyond, status | no_cost)
    if within > 0 and status != OVERFLOW_REFUSED:
        issued[source, RETURNED_QUANTITY] += within
        issued[source, RETURNED_AMOUNT] += part
    return status


@compiled_apart
def make(book: Book, costs: Costs, leg: int) -> int:
    """Values a GROUP_IN; its status."""
    groups, group, labour = book.groups, book.group[leg], max(costs.value[leg], 0)
    product = groups[group, PRODUCT] + groups[group, MADE]
    groups[group, MADE] += 1
    part = of_product(book, group, product, groups[group, POT])
    amount = part + labour if labour <= LIMIT else REFUSED
    status, book.products[product, BECAME] = _arrive(book, costs, leg, amount, 0)
    return status
