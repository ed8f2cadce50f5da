"""What changes the value of stock without moving it, compiled: late costs, revaluations, another method."""

from tieout.costing.book import (
    AMOUNT,
    FIRST,
    LENGTH,
    METHOD,
    NEXT,
    ORIGIN,
    PLACED,
    QUANTITY,
    VARIANCE,
    Book,
)
from tieout.costing.costs import Costs, at_standard, fits, turn_over
from tieout.costing.events import (
    AVERAGE,
    LAYERS,
    LIFO,
    NO_STANDARD,
    NO_VALUE,
    OVERFLOW_REFUSED,
    POOL,
    REVALUED_IN_PART,
    REVALUED_NOTHING,
    STANDARD,
)
from tieout.costing.queues import is_pooled, merge, turn_round
from tieout.costing.rounding import REFUSED, compiled_apart, share
from tieout.costing.true_ups import add_to_layer


@compiled_apart
def _spread(book: Book, cell: int, amount: int) -> int:
    """Shares a signed amount over a cell's stock by quantity; what found a place: all that takes none below zero."""
    cells, queue = book.cells, book.queue
    amount, placed, reached = max(amount, -cells[cell, AMOUNT]), 0, 0
    layer = cells[cell, FIRST]
    for _ in range(cells[cell, LENGTH]):
        reached += queue[layer, QUANTITY]
        placed += add_to_layer(book, cell, layer, share(amount, reached, cells[cell, QUANTITY]) - placed)
        layer = queue[layer, NEXT]
    layer = cells[cell, FIRST]
    while placed != amount:  # the last ones were worth less than their share
        placed += add_to_layer(book, cell, layer, amount - placed)
        layer = queue[layer, NEXT]
    return amount


@compiled_apart
def _add_to_origin(book: Book, leg: int, origin: int, amount: int) -> int:
    """Shares the cost of a receipt over its layers, cell by cell from the leg's own; what found a place."""
    cells, queue = book.cells, book.queue
    placed, reached, cell = 0, 0, book.cell_to[leg]
    while True:
        layer = cells[cell, FIRST]
        for _ in range(cells[cell, LENGTH] if cells[cell, QUANTITY] > 0 else 0):
            if queue[layer, ORIGIN] == origin:
                reached += queue[layer, QUANTITY]
                due = share(amount, reached, book.quantity[origin]) - placed
                placed += add_to_layer(book, cell, layer, due)
            layer = queue[layer, NEXT]
        cell = book.neighbour[cell]
        if cell == book.cell_to[leg]:
            return placed


@compiled_apart
def add_cost(book: Book, costs: Costs, leg: int) -> int:
    """Carries out an ADD; its status."""
    amount, origin, cell = costs.value[leg], costs.source[leg], book.cell_to[leg]
    if not fits(book, 0, abs(amount)):
        return OVERFLOW_REFUSED
    turn_over(book, 0, abs(amount))
    book.valued[0, leg] = amount
    received = book.quantity[origin] if origin >= 0 else 0
    if received <= 0 or book.cells[cell, METHOD] == STANDARD:
        return 0
    if book.share_by == POOL or book.cells[cell, METHOD] == AVERAGE:
        left = book.quantity[leg] if book.share_by == LAYERS else received
        there = min(max(book.cells[cell, QUANTITY], 0), left)
        book.valued[PLACED, leg] = _spread(book, cell, share(amount, there, received)) if there > 0 else 0
    else:
        book.valued[PLACED, leg] = _add_to_origin(book, leg, origin, amount)
    return 0


@compiled_apart
def revalue(book: Book, costs: Costs, leg: int) -> int:
    """Carries out a REVALUE; its status."""
    cell, change, anew = book.cell_to[leg], costs.value[leg], costs.value[leg] == NO_VALUE
    on_hand, worth = book.cells[cell, QUANTITY], book.cells[cell, AMOUNT]
    if on_hand <= 0:
        return REVALUED_NOTHING
    if anew:
        amount = at_standard(costs, leg, on_hand)
        if amount < 0:
            return OVERFLOW_REFUSED if amount == REFUSED else REVALUED_NOTHING
        change = amount - worth
    placed = max(change, -worth)
    if not fits(book, 0, abs(placed)):
        return OVERFLOW_REFUSED
    turn_over(book, 0, abs(placed))
    if anew:
        _spread(book, cell, -worth)
        _spread(book, cell, worth + placed)
    else:
        _spread(book, cell, placed)
    book.valued[0, leg] = placed
    return 0 if placed == change else REVALUED_IN_PART


@compiled_apart
def switch(book: Book, costs: Costs, leg: int) -> int:
    """Carries out a SWITCH; its status. Only the step to a standard cost changes what the stock is worth."""
    cell, method, status = book.cell_to[leg], costs.value[leg], 0
    before, on_hand, worth = book.cells[cell, METHOD], book.cells[cell, QUANTITY], book.cells[cell, AMOUNT]
    if on_hand > 0 and method == STANDARD:
        amount = at_standard(costs, leg, on_hand)
        if amount == REFUSED or (amount != NO_VALUE and not fits(book, 0, abs(worth - amount))):
            return OVERFLOW_REFUSED
        if amount == NO_VALUE:
            amount, status = worth, NO_STANDARD
        turn_over(book, 0, abs(worth - amount))
        book.valued[VARIANCE, leg] = worth - amount
        _spread(book, cell, amount - worth)
    if on_hand > 0 and is_pooled(method):
        merge(book, cell)
    elif on_hand > 0 and (before == LIFO) != (method == LIFO):
        turn_round(book, cell)
    book.cells[cell, METHOD] = method
    return status
