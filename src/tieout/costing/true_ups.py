"""True-ups, compiled: what provisional costs prove to have been, and how that follows the goods."""

from tieout.costing.book import (
    AMOUNT,
    BECAME,
    FIRST,
    LAYER,
    LEG,
    MADE,
    MAKER,
    METHOD,
    PLACEMENTS,
    POT,
    PRODUCT,
    PRODUCTS,
    QUANTITY,
    TRUE_UPS,
    UNIT_AMOUNT,
    UNIT_QUANTITY,
    WEIGHT,
    Book,
)
from tieout.costing.events import GROUP_OUT, MOVE, NO_ROW, OVERFLOW_REFUSED, STANDARD, TRUE_UP_UNPLACED
from tieout.costing.rounding import compiled, compiled_apart, mul_div_half_up


@compiled
def add_to_layer(book: Book, cell: int, layer: int, amount: int) -> int:
    """Adds a signed amount to a layer, which it never takes below zero; what found a place."""
    cells, queue = book.cells, book.queue
    placed = max(amount, -queue[layer, AMOUNT])
    queue[layer, AMOUNT] += placed
    queue[layer, UNIT_AMOUNT], queue[layer, UNIT_QUANTITY] = queue[layer, AMOUNT], queue[layer, QUANTITY]
    cells[cell, AMOUNT] += placed
    return int(placed)


@compiled
def note_placement(book: Book, leg: int, true_up: int, cell: int, amount: int) -> None:
    """Writes down how much of a late cost, or of a true-up that this leg caused, a cell's stock gained, if anything."""
    if amount == 0:
        return
    row = book.counters[PLACEMENTS]
    book.counters[PLACEMENTS] += 1
    book.placements[row, 0], book.placements[row, 1] = leg, true_up
    book.placements[row, 2], book.placements[row, 3] = cell, amount


@compiled
def _place(book: Book, brought_by: int, layer: int, amount: int) -> int:
    """Adds a true-up of goods to the stock where the leg that brought them took them; what found a place.

    The place is the layer that the goods became, if some of it is still there, else the first in the queue. A standard
    cost stands: there it is a variance.
    """
    cells, queue, cell = book.cells, book.queue, book.cell_to[brought_by]
    if cells[cell, QUANTITY] <= 0 or cells[cell, METHOD] == STANDARD:
        return 0
    if layer == NO_ROW or queue[layer, LEG] != brought_by:
        layer = cells[cell, FIRST]
    return add_to_layer(book, cell, layer, amount)


@compiled
def of_product(book: Book, group: int, product: int, pot: int) -> int:
    """A product's part of what went into its assembly; all products together take all of it."""
    products, first = book.products, book.groups[group, PRODUCT]
    weight = products[first + book.groups[group, PRODUCTS] - 1, WEIGHT]
    before = products[product - 1, WEIGHT] if product > first else 0
    until = mul_div_half_up(pot, products[product, WEIGHT], weight)
    return until - mul_div_half_up(pot, before, weight)


@compiled_apart
def _follow(book: Book, leg: int, issue: int, amount: int) -> tuple[int, int]:
    """Brings a component's true-up to its products: what found a place, and what those still to come will carry."""
    group, placed, passed_on = book.group[issue], 0, 0
    before = book.groups[group, POT]
    after = before + amount
    book.groups[group, POT] = after
    first, made = book.groups[group, PRODUCT], book.groups[group, MADE]
    for product in range(first, first + made):
        due = of_product(book, group, product, after) - of_product(book, group, product, before)
        maker = book.products[product, MAKER]
        passed_on += due
        if due != 0 and not book.status[maker] & OVERFLOW_REFUSED:
            part = _place(book, maker, book.products[product, BECAME], due)
            note_placement(book, leg, book.counters[TRUE_UPS], book.cell_to[maker], part)
            placed += part
    return placed, amount - passed_on if made < book.groups[group, PRODUCTS] else 0


@compiled
def true_up(book: Book, leg: int, shortage: int, quantity: int, amount: int) -> None:
    """Writes down that this leg covered so many units at an amount more or less than provided for."""
    issue, placed, carried = book.queue[shortage, LEG], 0, 0
    if book.true_up_issues:
        book.issued[issue, AMOUNT] += amount
        if book.op[issue] == MOVE:
            placed = _place(book, issue, book.queue[shortage, LAYER], amount)
            note_placement(book, leg, book.counters[TRUE_UPS], book.cell_to[issue], placed)
        elif book.op[issue] == GROUP_OUT:
            placed, carried = _follow(book, leg, issue, amount)
        if placed + carried != amount and (book.op[issue] == MOVE or book.op[issue] == GROUP_OUT):
            book.status[leg] |= TRUE_UP_UNPLACED
    row = book.counters[TRUE_UPS]
    book.counters[TRUE_UPS] += 1
    book.true_ups[row, 0], book.true_ups[row, 1], book.true_ups[row, 2] = issue, leg, quantity
    book.true_ups[row, 3], book.true_ups[row, 4], book.true_ups[row, 5] = amount, placed, carried
