"""Queues of cost layers and of shortages, compiled: how goods leave a cell, reach another and settle what was short.

A cell holds one queue, in the order in which its entries leave. While the cell is above zero they are layers of goods;
below zero they are shortages, issues that wait for goods; never both. The queue of a cell by average or standard cost
is a single layer.
"""

from tieout.costing.book import (
    AMOUNT,
    FIRST,
    LAST,
    LEG,
    LENGTH,
    METHOD,
    NEXT,
    ORIGIN,
    QUANTITY,
    TAKES,
    UNIT_AMOUNT,
    UNIT_QUANTITY,
    Book,
    drop_entry,
    new_entry,
)
from tieout.costing.events import AVERAGE, LIFO, NO_ROW, RETURN, STANDARD
from tieout.costing.rounding import compiled, compiled_apart, mul_div_half_up
from tieout.costing.true_ups import true_up


@compiled
def is_pooled(method: int) -> bool:
    """Whether a method keeps one pool instead of layers."""
    return method in (AVERAGE, STANDARD)


@compiled
def append(book: Book, cell: int, entry: int) -> None:
    """Puts an entry at the end of a cell's queue."""
    cells, queue = book.cells, book.queue
    if cells[cell, LENGTH] == 0:
        cells[cell, FIRST] = entry
    else:
        queue[cells[cell, LAST], NEXT] = entry
    cells[cell, LAST] = entry
    cells[cell, LENGTH] += 1


@compiled
def _insert(book: Book, cell: int, entry: int, before: int) -> None:
    """Puts an entry behind another one of a cell's queue, behind -1 at its front."""
    cells, queue = book.cells, book.queue
    if cells[cell, LENGTH] == 0 or before == cells[cell, LAST]:
        append(book, cell, entry)
        return
    if before == NO_ROW:
        queue[entry, NEXT] = cells[cell, FIRST]
        cells[cell, FIRST] = entry
    else:
        queue[entry, NEXT] = queue[before, NEXT]
        queue[before, NEXT] = entry
    cells[cell, LENGTH] += 1


@compiled
def _remove(book: Book, cell: int, before: int) -> int:
    """Takes the entry behind another one out of a cell's queue, behind -1 its first; that entry."""
    cells, queue = book.cells, book.queue
    entry = cells[cell, FIRST] if before == NO_ROW else queue[before, NEXT]
    if before == NO_ROW:
        cells[cell, FIRST] = queue[entry, NEXT]
    else:
        queue[before, NEXT] = queue[entry, NEXT]
    if entry == cells[cell, LAST]:
        cells[cell, LAST] = before
    cells[cell, LENGTH] -= 1
    return int(entry)


@compiled
def _pop_first(book: Book, cell: int) -> int:
    cells = book.cells
    entry = cells[cell, FIRST]
    cells[cell, FIRST] = book.queue[entry, NEXT]
    cells[cell, LENGTH] -= 1
    return int(entry)


@compiled
def _split(book: Book, layer: int, quantity: int) -> int:
    """Cuts a new layer of less than the whole quantity off a layer."""
    queue = book.queue
    amount = mul_div_half_up(queue[layer, AMOUNT], quantity, queue[layer, QUANTITY])
    queue[layer, QUANTITY] -= quantity
    queue[layer, AMOUNT] -= amount
    unit = (queue[layer, UNIT_AMOUNT], queue[layer, UNIT_QUANTITY])
    return new_entry(book, quantity, amount, unit, NO_ROW, queue[layer, ORIGIN])


@compiled_apart
def bring_forward(book: Book, cell: int, origin: int, quantity: int) -> int:
    """Moves goods of this origin to the front of a cell's queue, up to a quantity; how many were found."""
    cells, queue = book.cells, book.queue
    found, front, before, layer = 0, NO_ROW, NO_ROW, cells[cell, FIRST]
    for _ in range(cells[cell, LENGTH]):
        if found == quantity:
            break
        following = queue[layer, NEXT]
        if queue[layer, ORIGIN] != origin:
            before, layer = layer, following
            continue
        if queue[layer, QUANTITY] > quantity - found:
            part = _split(book, layer, quantity - found)
        else:
            part = _remove(book, cell, before)
        _insert(book, cell, part, front)
        before = part if before == front else before
        front, layer = part, following
        found += queue[part, QUANTITY]
    return found


@compiled
def _note_take(book: Book, leg: int, layer: int, quantity: int, amount: int) -> None:
    row = book.counters[TAKES]
    book.counters[TAKES] += 1
    book.takes[row, 0], book.takes[row, 1] = leg, book.queue[layer, ORIGIN]
    book.takes[row, 2], book.takes[row, 3] = quantity, amount


@compiled
def _remember_cost(book: Book, cell: int, layer: int) -> None:
    """Makes the layer's unit cost the last known one of the cell."""
    book.cells[cell, UNIT_AMOUNT] = book.queue[layer, UNIT_AMOUNT]
    book.cells[cell, UNIT_QUANTITY] = book.queue[layer, UNIT_QUANTITY]


@compiled
def take(book: Book, leg: int, cell: int, quantity: int) -> tuple[int, int]:
    """Takes goods that are there, in queue order: a chain of layers, ended by -1, and their amount."""
    cells, queue = book.cells, book.queue
    first, last, amount, missing = NO_ROW, NO_ROW, 0, quantity
    while missing > 0:
        layer = cells[cell, FIRST]
        layer = _split(book, layer, missing) if queue[layer, QUANTITY] > missing else _pop_first(book, cell)
        queue[layer, LEG], queue[layer, NEXT] = NO_ROW, NO_ROW
        if first == NO_ROW:
            first = layer
        else:
            queue[last, NEXT] = layer
        last = layer
        missing -= queue[layer, QUANTITY]
        amount += queue[layer, AMOUNT]
        _remember_cost(book, cell, layer)
        _note_take(book, leg, layer, queue[layer, QUANTITY], queue[layer, AMOUNT])
    cells[cell, QUANTITY] -= quantity
    cells[cell, AMOUNT] -= amount
    return first, amount


@compiled_apart
def take_of_each(book: Book, leg: int, cell: int, quantity: int) -> int:
    """Takes goods at the unit cost of the whole stock, a part of every layer in queue order; their amount.

    Quantities and amounts are shared cumulatively. A layer gives all of its amount with the last of its goods, and none
    without goods.
    """
    cells, queue = book.cells, book.queue
    on_hand, reached, worth, taken, amount = cells[cell, QUANTITY], 0, 0, 0, 0
    before, layer = NO_ROW, cells[cell, FIRST]
    for _ in range(cells[cell, LENGTH]):
        following, cost = queue[layer, NEXT], queue[layer, AMOUNT]
        reached, worth = reached + queue[layer, QUANTITY], worth + cost
        part = mul_div_half_up(reached, quantity, on_hand) - taken
        if part < queue[layer, QUANTITY]:
            cost = min(max(mul_div_half_up(worth, quantity, on_hand) - amount, 0), cost) if part > 0 else 0
        if part > 0:
            _note_take(book, leg, layer, part, cost)
            _remember_cost(book, cell, layer)
        queue[layer, QUANTITY] -= part
        queue[layer, AMOUNT] -= cost
        if queue[layer, QUANTITY] == 0:
            drop_entry(book, _remove(book, cell, before))
        else:
            before = layer
        taken, amount, layer = taken + part, amount + cost, following
    cells[cell, QUANTITY] -= quantity
    cells[cell, AMOUNT] -= amount
    return amount


@compiled
def _cover(book: Book, leg: int, cell: int, layer: int) -> int:
    """Gives goods on their way into a cell to its oldest shortage; what is left of the layer, -1 when nothing is."""
    cells, queue = book.cells, book.queue
    shortage = cells[cell, FIRST]
    short = queue[shortage, QUANTITY]
    goods = _split(book, layer, short) if queue[layer, QUANTITY] > short else layer
    quantity, actual = queue[goods, QUANTITY], queue[goods, AMOUNT]
    whole, units = queue[shortage, UNIT_AMOUNT], queue[shortage, UNIT_QUANTITY]
    still = whole - mul_div_half_up(whole, units - short + quantity, units)
    provisional = queue[shortage, AMOUNT] - still
    queue[shortage, QUANTITY] -= quantity
    queue[shortage, AMOUNT] = still
    cells[cell, QUANTITY] += quantity
    cells[cell, AMOUNT] += provisional
    _remember_cost(book, cell, goods)
    _note_take(book, queue[shortage, LEG], goods, quantity, actual)
    if actual != provisional:
        true_up(book, leg, shortage, quantity, actual - provisional)
    if quantity == short:
        drop_entry(book, _pop_first(book, cell))
    drop_entry(book, goods)
    return NO_ROW if goods == layer else layer


@compiled
def _join(book: Book, leg: int, cell: int, layer: int) -> int:
    """Puts a layer into a cell without shortages; the layer, or -1 when a pool swallowed it."""
    cells, queue, method = book.cells, book.queue, book.cells[cell, METHOD]
    cells[cell, QUANTITY] += queue[layer, QUANTITY]
    cells[cell, AMOUNT] += queue[layer, AMOUNT]
    if not is_pooled(method):
        queue[layer, LEG] = leg
        if method == LIFO or (book.op[leg] == RETURN and not book.returns_at_end):
            _insert(book, cell, layer, NO_ROW)
        else:
            append(book, cell, layer)
        return layer
    if cells[cell, LENGTH] == 0:
        append(book, cell, layer)
    else:
        drop_entry(book, layer)
    pool = cells[cell, FIRST]
    queue[pool, QUANTITY], queue[pool, AMOUNT] = cells[cell, QUANTITY], cells[cell, AMOUNT]
    queue[pool, UNIT_QUANTITY], queue[pool, UNIT_AMOUNT] = cells[cell, QUANTITY], cells[cell, AMOUNT]
    return NO_ROW


@compiled
def deliver(book: Book, leg: int, cell: int, layer: int) -> int:
    """Brings a layer to a cell: to its shortages first, the rest into the queue; the layer there, else -1."""
    if is_pooled(book.cells[cell, METHOD]):
        book.queue[layer, ORIGIN] = NO_ROW
    while layer != NO_ROW and book.cells[cell, QUANTITY] < 0:
        layer = _cover(book, leg, cell, layer)
    return layer if layer == NO_ROW else _join(book, leg, cell, layer)


@compiled_apart
def drop_chain(book: Book, layer: int) -> None:
    """Frees a chain of layers, ended by -1."""
    while layer != NO_ROW:
        following = book.queue[layer, NEXT]
        drop_entry(book, layer)
        layer = following


@compiled_apart
def merge(book: Book, cell: int) -> None:
    """Makes one layer without an origin of all that a cell holds."""
    cells, queue = book.cells, book.queue
    pool = _pop_first(book, cell)
    while cells[cell, LENGTH] > 0:
        drop_entry(book, _pop_first(book, cell))
    queue[pool, QUANTITY], queue[pool, AMOUNT] = cells[cell, QUANTITY], cells[cell, AMOUNT]
    queue[pool, UNIT_QUANTITY], queue[pool, UNIT_AMOUNT] = cells[cell, QUANTITY], cells[cell, AMOUNT]
    queue[pool, LEG], queue[pool, ORIGIN] = NO_ROW, NO_ROW
    append(book, cell, pool)


@compiled_apart
def turn_round(book: Book, cell: int) -> None:
    """Reverses the order in which a cell's layers leave."""
    last = book.cells[cell, LAST]
    while book.cells[cell, FIRST] != last:
        entry = _pop_first(book, cell)
        # behind the last one of the old order, so each comes before those that went ahead of it
        _insert(book, cell, entry, last)
