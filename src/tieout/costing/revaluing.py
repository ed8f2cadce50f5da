"""What changes the value of stock without moving it, compiled: late costs, revaluations, another method."""

from tieout.costing.book import (
    AMOUNT,
    FIRST,
    LEG,
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
    MOVE,
    NO_ROW,
    NO_STANDARD,
    NO_VALUE,
    OVERFLOW_REFUSED,
    POOL,
    REVALUED_IN_PART,
    REVALUED_NOTHING,
    STANDARD,
)
from tieout.costing.queues import is_pooled, merge, turn_round
from tieout.costing.rounding import REFUSED, compiled, compiled_apart, share
from tieout.costing.true_ups import add_to_layer, note_placement


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
def add_to_rest(book: Book, cell: int, origin: int, amount: int) -> None:
    """Shares an amount over what is left of an origin in a cell, by quantity; over all its stock if nothing is."""
    left, queue = 0, book.queue
    layer = book.cells[cell, FIRST]
    for _ in range(book.cells[cell, LENGTH] if origin >= 0 else 0):
        left += queue[layer, QUANTITY] if queue[layer, ORIGIN] == origin else 0
        layer = queue[layer, NEXT]
    if left > 0:
        _add_to_named(book, cell, ORIGIN, origin, (amount, left), (0, 0))
    else:
        _spread(book, cell, amount)


@compiled
def _add_to_named(
    book: Book, cell: int, column: int, name: int, cost: tuple[int, int], so_far: tuple[int, int]
) -> tuple[int, int]:
    """Shares the cost of so many goods over those layers of a cell that bear a name (an ORIGIN or a LEG).

    ``so_far`` is what the cells before have taken, and their quantity; it comes back with this cell's on top.
    """
    cells, queue = book.cells, book.queue
    (amount, whole), (placed, reached), layer = cost, so_far, cells[cell, FIRST]
    for _ in range(cells[cell, LENGTH] if cells[cell, QUANTITY] > 0 else 0):
        if queue[layer, column] == name:
            reached += queue[layer, QUANTITY]
            placed += add_to_layer(book, cell, layer, share(amount, reached, whole) - placed)
        layer = queue[layer, NEXT]
    return placed, reached


@compiled_apart
def _add_to_goods(book: Book, leg: int, source: int, amount: int) -> int:
    """Shares a cost over what is left of a receipt, cell by cell from the leg's own, or of what a move brought there.

    What found a place.
    """
    cell, cost, placed, reached = book.cell_to[leg], (amount, book.quantity[source]), 0, 0
    moved = book.op[source] == MOVE
    while True:
        before = placed
        placed, reached = _add_to_named(book, cell, LEG if moved else ORIGIN, source, cost, (placed, reached))
        note_placement(book, leg, NO_ROW, cell, placed - before)
        cell = book.neighbour[cell]
        if moved or cell == book.cell_to[leg]:
            return placed


@compiled_apart
def _add_to_pools(book: Book, leg: int, received: int, amount: int) -> int:
    """Shares a cost over the pools that hold what is left of its goods; what found a place."""
    placed, reached = 0, 0
    for row in range(book.left_from[leg], book.left_from[leg + 1]) if len(book.left) > 0 else range(0):
        cell = book.left[row, 1]
        there = min(max(book.cells[cell, QUANTITY], 0), book.left[row, 2])
        if there > 0 and book.cells[cell, METHOD] != STANDARD:
            reached += there
            part = _spread(book, cell, share(amount, reached, received) - placed)
            note_placement(book, leg, NO_ROW, cell, part)
            placed += part
    return placed


@compiled_apart
def add_cost(book: Book, costs: Costs, leg: int) -> int:
    """Carries out an ADD; its status."""
    amount, source, cell, placed = costs.value[leg], costs.source[leg], book.cell_to[leg], 0
    if not fits(book, 0, abs(amount)):
        return OVERFLOW_REFUSED
    turn_over(book, 0, abs(amount))
    book.valued[0, leg] = amount
    received = book.quantity[source] if source >= 0 else 0
    if received <= 0 or book.cells[cell, METHOD] == STANDARD:
        return 0
    if book.share_by == LAYERS and book.cells[cell, METHOD] == AVERAGE:
        placed = _add_to_pools(book, leg, received, amount)
    elif book.share_by == POOL or book.cells[cell, METHOD] == AVERAGE:
        there = min(max(book.cells[cell, QUANTITY], 0), received)
        if there > 0:
            placed = _spread(book, cell, share(amount, there, received))
            note_placement(book, leg, NO_ROW, cell, placed)
    else:
        placed = _add_to_goods(book, leg, source, amount)
    book.valued[PLACED, leg] = placed
    return 0


@compiled_apart
def revalue(book: Book, costs: Costs, leg: int) -> int:
    """Carries out a REVALUE; its status."""
    cell, source = book.cell_to[leg], costs.source[leg]
    change = -book.valued[0, source] if source >= 0 else costs.value[leg]
    anew = change == NO_VALUE
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
