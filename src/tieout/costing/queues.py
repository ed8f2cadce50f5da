"""Queues of cost layers and of shortages, compiled: how goods leave a cell, reach another and settle what was short.

A cell holds one queue. While the cell is above zero its entries are layers of goods; below zero they are shortages,
issues that wait for goods; never both. An average cell's queue is a single layer.
"""

from typing import NamedTuple, TypeVar

import numpy as np

from tieout.costing.events import AVERAGE, MOVE, NO_ROW, TRUE_UP_UNPLACED, Int8s, Int32s, Int64s, Legs
from tieout.costing.rounding import compiled, mul_div_half_up

# Columns of a cell and of a queue entry. A unit cost is the pair (UNIT_AMOUNT, UNIT_QUANTITY), never a quotient: of a
# cell the last one taken from it (quantity 0: none yet), of a layer its amount and quantity when it was born, of a
# shortage its whole provisional amount and quantity.
QUANTITY, AMOUNT, UNIT_AMOUNT, UNIT_QUANTITY = range(4)
FIRST, LAST, LENGTH = range(4, 7)  # of a cell: its queue
NEXT, LEG, ORIGIN = range(4, 7)  # of an entry; LEG: the leg that brought the layer here, or the issue that waits
LAYER = ORIGIN  # of a shortage: the layer that a move's missing units became at its destination
ENTRY_WIDTH = CELL_WIDTH = 8  # one cache line

RETURNED_QUANTITY, RETURNED_AMOUNT = 2, 3  # of an issue, after what it took as trued up: QUANTITY, AMOUNT
FREE, USED, TAKES, TRUE_UPS, LEGS, POOLS, TURNOVER_QUANTITY, TURNOVER_AMOUNT = range(8)  # of the counters


Column = TypeVar("Column", Int8s, Int64s)


class Book(NamedTuple):
    """The legs and the state of their replay, as the compiled functions share it."""

    op: Int8s
    cell_from: Int64s
    cell_to: Int64s
    quantity: Int64s
    cells: Int64s  # [C, CELL_WIDTH]
    cell_method: Int8s
    issued: Int64s  # [n, 4]
    valued: Int64s  # [5, n]: the int64 columns of Replay, in its order
    status: Int32s
    counters: Int64s
    queue: Int64s  # [grows, ENTRY_WIDTH]
    takes: Int64s  # [grows, 4]
    true_ups: Int64s  # [grows, 5]


@compiled
def new_entry(book: Book, quantity: int, amount: int, unit: tuple[int, int], leg: int, origin: int) -> int:
    """Writes an entry that is in no queue yet; its place in `Book.queue`."""
    counters, queue = book.counters, book.queue
    entry = counters[FREE]
    if entry >= 0:
        counters[FREE] = queue[entry, NEXT]
    else:
        entry = counters[USED]
        counters[USED] += 1
    queue[entry, QUANTITY], queue[entry, AMOUNT] = quantity, amount
    queue[entry, UNIT_AMOUNT], queue[entry, UNIT_QUANTITY] = unit
    queue[entry, LEG], queue[entry, ORIGIN] = leg, origin
    return int(entry)


@compiled
def drop_entry(book: Book, entry: int) -> None:
    """Frees an entry that is in no queue any more."""
    book.queue[entry, LEG] = NO_ROW
    book.queue[entry, NEXT] = book.counters[FREE]
    book.counters[FREE] = entry


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


@compiled
def _notetake(book: Book, leg: int, layer: int) -> None:
    row = book.counters[TAKES]
    book.counters[TAKES] += 1
    book.takes[row, 0], book.takes[row, 1] = leg, book.queue[layer, ORIGIN]
    book.takes[row, 2], book.takes[row, 3] = book.queue[layer, QUANTITY], book.queue[layer, AMOUNT]


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
        cells[cell, UNIT_AMOUNT], cells[cell, UNIT_QUANTITY] = queue[layer, UNIT_AMOUNT], queue[layer, UNIT_QUANTITY]
        _notetake(book, leg, layer)
    cells[cell, QUANTITY] -= quantity
    cells[cell, AMOUNT] -= amount
    return first, amount


@compiled
def _place(book: Book, move: int, layer: int, amount: int) -> int:
    """Adds a move's true-up to the stock at its destination, which it never takes below zero; what found a place.

    The place is the layer that the missing units became, if some of it is still there, else the first in the queue.
    """
    cells, queue, cell = book.cells, book.queue, book.cell_to[move]
    if cells[cell, QUANTITY] <= 0:
        return 0
    if layer == NO_ROW or queue[layer, LEG] != move:
        layer = cells[cell, FIRST]
    placed = max(amount, -queue[layer, AMOUNT])
    queue[layer, AMOUNT] += placed
    queue[layer, UNIT_AMOUNT], queue[layer, UNIT_QUANTITY] = queue[layer, AMOUNT], queue[layer, QUANTITY]
    cells[cell, AMOUNT] += placed
    return int(placed)


@compiled
def _true_up(book: Book, leg: int, shortage: int, quantity: int, amount: int) -> None:
    issue, placed = book.queue[shortage, LEG], 0
    book.issued[issue, AMOUNT] += amount
    if book.op[issue] == MOVE:
        placed = _place(book, issue, book.queue[shortage, LAYER], amount)
        if placed != amount:
            book.status[leg] |= TRUE_UP_UNPLACED
    row = book.counters[TRUE_UPS]
    book.counters[TRUE_UPS] += 1
    book.true_ups[row, 0], book.true_ups[row, 1], book.true_ups[row, 2] = issue, leg, quantity
    book.true_ups[row, 3], book.true_ups[row, 4] = amount, placed


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
    cells[cell, UNIT_AMOUNT], cells[cell, UNIT_QUANTITY] = queue[goods, UNIT_AMOUNT], queue[goods, UNIT_QUANTITY]
    _notetake(book, queue[shortage, LEG], goods)
    if actual != provisional:
        _true_up(book, leg, shortage, quantity, actual - provisional)
    if quantity == short:
        drop_entry(book, _pop_first(book, cell))
    drop_entry(book, goods)
    return NO_ROW if goods == layer else layer


@compiled
def _join(book: Book, leg: int, cell: int, layer: int) -> int:
    """Puts a layer into a cell without shortages; the layer, or -1 when an average pool swallowed it."""
    cells, queue = book.cells, book.queue
    cells[cell, QUANTITY] += queue[layer, QUANTITY]
    cells[cell, AMOUNT] += queue[layer, AMOUNT]
    if book.cell_method[cell] != AVERAGE:
        queue[layer, LEG] = leg
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
    if book.cell_method[cell] == AVERAGE:
        book.queue[layer, ORIGIN] = NO_ROW
    while layer != NO_ROW and book.cells[cell, QUANTITY] < 0:
        layer = _cover(book, leg, cell, layer)
    return layer if layer == NO_ROW else _join(book, leg, cell, layer)


def opened(legs: Legs) -> Book:
    """A book before its first leg."""
    rows = len(legs.op)
    counters = np.zeros(8, np.int64)
    counters[FREE] = NO_ROW
    return Book(
        op=plain(legs.op),
        cell_from=plain(legs.cell_from),
        cell_to=plain(legs.cell_to),
        quantity=plain(legs.quantity),
        cells=np.zeros((len(legs.cell_method), CELL_WIDTH), np.int64),
        cell_method=plain(legs.cell_method),
        issued=np.zeros((rows, 4), np.int64),
        valued=np.zeros((5, rows), np.int64),
        status=np.zeros(rows, np.int32),
        counters=counters,
        queue=np.empty((1024, ENTRY_WIDTH), np.int64),
        takes=np.empty((rows + 1024, 4), np.int64),
        true_ups=np.empty((1024, 5), np.int64),
    )


def plain(column: Column) -> Column:
    """A column as the compiled code knows it: anything else (strided, read-only) would be compiled for anew."""
    return np.require(column, requirements=["C", "W"])


def with_room(book: Book, rows: int) -> Book:
    """The same book with room for so many more rows in each growing table."""
    counters = book.counters
    return book._replace(
        queue=_lengthened(book.queue, counters[USED], rows),
        takes=_lengthened(book.takes, counters[TAKES], rows),
        true_ups=_lengthened(book.true_ups, counters[TRUE_UPS], rows),
    )


def _lengthened(table: Int64s, used: int, rows: int) -> Int64s:
    if used + rows <= len(table):
        return table
    return np.concatenate((table, np.empty((len(table) + rows, table.shape[1]), np.int64)))


def entries(book: Book, holders: Int64s, reference: int) -> Int64s:
    """The queues of these cells, [rows, 4]: cell, the entry's reference (ORIGIN or LEG), quantity, amount."""
    rows = np.empty((book.cells[holders, LENGTH].sum(), 4), np.int64)
    _list_entries(book, holders, reference, rows)
    return rows


@compiled
def _list_entries(book: Book, holders: Int64s, reference: int, rows: Int64s) -> None:
    row = 0
    for cell in holders:
        entry = book.cells[cell, FIRST]
        for _ in range(book.cells[cell, LENGTH]):
            rows[row, 0], rows[row, 1] = cell, book.queue[entry, reference]
            rows[row, 2], rows[row, 3] = book.queue[entry, QUANTITY], book.queue[entry, AMOUNT]
            entry, row = book.queue[entry, NEXT], row + 1
