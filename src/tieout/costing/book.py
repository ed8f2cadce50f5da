"""The state of a replay as the compiled functions share it: cells, queue entries, issues, assemblies, results."""

from typing import NamedTuple

import numpy as np

from tieout.costing.events import ADD, GROUP_IN, MOVE, NO_ROW, Bools, Int8s, Int32s, Int64s, Legs
from tieout.costing.rounding import compiled, compiled_apart, plain

# Columns of a cell and of a queue entry. A unit cost is the pair (UNIT_AMOUNT, UNIT_QUANTITY), never a quotient: of a
# cell the last one taken from it (quantity 0: none yet), of a layer its amount and quantity when it was born or last
# revalued, of a shortage its whole provisional amount and quantity.
QUANTITY, AMOUNT, UNIT_AMOUNT, UNIT_QUANTITY = range(4)
FIRST, LAST, LENGTH, METHOD = range(4, 8)  # of a cell: its queue
NEXT, LEG, ORIGIN = range(4, 7)  # of an entry; LEG: the leg that brought the layer here, or the issue that waits
LAYER = ORIGIN  # of a shortage: the layer that a move's missing units became at its destination
ENTRY_WIDTH = CELL_WIDTH = 8  # one cache line

RETURNED_QUANTITY, RETURNED_AMOUNT = 2, 3  # of an issue, after what it took as trued up: QUANTITY, AMOUNT
# Of the counters
FREE, USED, TAKES, TRUE_UPS, PLACEMENTS, LEGS, POOLS, TURNOVER_QUANTITY, TURNOVER_AMOUNT = range(9)
VARIANCE, PLACED = 5, 6  # rows of `Book.valued`

POT, PRODUCT, PRODUCTS, MADE = range(4)  # of an assembly: what went in, its first product, how many, how many so far
MAKER, WEIGHT, BECAME = range(3)  # of a product: its leg, its weight with those before it, the layer it became


class Book(NamedTuple):
    """The legs and the state of their replay."""

    op: Int8s
    cell_from: Int64s
    cell_to: Int64s
    quantity: Int64s
    cells: Int64s  # [C, CELL_WIDTH]
    neighbour: Int64s  # [C]: the next of the cells that moves join, in a ring; empty when no cost comes late
    widest_ring: int  # its number of cells
    most_products: int  # of one assembly; at least 1
    issued: Int64s  # [n, 4]
    valued: Int64s  # [7, n]: the int64 columns of Replay, in its order
    status: Int32s
    counters: Int64s
    queue: Int64s  # [grows, ENTRY_WIDTH]
    takes: Int64s  # [grows, 4], like all results column by column
    true_ups: Int64s  # [grows, 6]
    placements: Int64s  # [grows, 4]
    group: Int64s  # as in Legs
    groups: Int64s  # [assemblies, 4]
    products: Int64s  # [GROUP_INs, 3], by assembly
    returns_at_end: bool
    true_up_issues: bool
    share_by: int
    left: Int64s  # as in Legs
    left_from: Int64s  # [n + 1]: the first row of each leg; empty where there are none


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


def opened(legs: Legs) -> Book:
    """A book before its first leg, without room in its growing tables."""
    rows = len(legs.op)
    cells = np.zeros((len(legs.cell_method), CELL_WIDTH), np.int64)
    cells[:, METHOD] = legs.cell_method
    groups, products = _assemblies(legs)
    neighbour, widest_ring = _rings(legs) if np.any(legs.op == ADD) else (np.empty(0, np.int64), 0)
    return Book(
        op=plain(legs.op),
        cell_from=plain(legs.cell_from),
        cell_to=plain(legs.cell_to),
        quantity=plain(legs.quantity),
        cells=cells,
        neighbour=neighbour,
        widest_ring=widest_ring,
        most_products=int(groups[:, PRODUCTS].max(initial=1)),
        issued=np.zeros((rows, 4), np.int64),
        valued=np.zeros((7, rows), np.int64),
        status=np.zeros(rows, np.int32),
        counters=np.zeros(9, np.int64),
        queue=np.empty((0, ENTRY_WIDTH), np.int64),
        takes=_by_column(0, 4),
        true_ups=_by_column(0, 6),
        placements=_by_column(0, 4),
        group=plain(legs.group),
        groups=groups,
        products=products,
        returns_at_end=legs.returns_at_end,
        true_up_issues=legs.true_up_issues,
        share_by=legs.share_by,
        left=plain(legs.left),
        left_from=np.searchsorted(legs.left[:, 0], np.arange(rows + 1)) if len(legs.left) else np.empty(0, np.int64),
    )


def part_of(book: Book, start: int, stop: int, first_pool: int) -> Book:
    """The same book for the legs from start to stop only: with counters and growing tables of its own."""
    counters = np.zeros_like(book.counters)
    counters[FREE], counters[LEGS], counters[POOLS] = NO_ROW, start, first_pool
    some = (stop - start) // 4 + 1024  # takes no memory until it is written to
    return book._replace(
        counters=counters,
        queue=np.empty((some, ENTRY_WIDTH), np.int64),
        takes=_by_column(4 * some, 4),
        true_ups=_by_column(some, 6),
        placements=_by_column(some, 4),
    )


def cells_of(book: Book, start: int, stop: int) -> Bools:
    """Which cells the legs from start to stop reach."""
    reached = np.zeros(len(book.cells) + 1, np.bool_)  # the one behind the last stands for NO_ROW
    reached[book.cell_from[start:stop]] = reached[book.cell_to[start:stop]] = True
    return reached[:-1]


def _by_column(rows: int, columns: int) -> Int64s:
    return np.empty((rows, columns), np.int64, order="F")


def _assemblies(legs: Legs) -> tuple[Int64s, Int64s]:
    """The groups and their products, in the order in which they come."""
    makers = np.flatnonzero(legs.op == GROUP_IN)
    group = legs.group[makers] if len(makers) else makers
    order = np.argsort(group, kind="stable")
    makers, group = makers[order], group[order]
    number = int(legs.group.max(initial=NO_ROW)) + 1
    groups = np.zeros((number, 4), np.int64)
    groups[:, PRODUCTS] = np.bincount(group, minlength=number)
    groups[:, PRODUCT] = np.cumsum(groups[:, PRODUCTS]) - groups[:, PRODUCTS]
    products = np.full((len(makers), 3), NO_ROW)
    if len(makers):
        running = np.cumsum(legs.weight[makers])
        before = running - legs.weight[makers]
        products[:, MAKER], products[:, WEIGHT] = makers, running - before[groups[group, PRODUCT]]
    return groups, products


def _rings(legs: Legs) -> tuple[Int64s, int]:
    """For each cell the next of those that moves join it with, by number and after the last one the first.

    With it the number of cells in the widest ring.
    """
    home = np.arange(len(legs.cell_method))
    _join_homes(home, plain(legs.op), plain(legs.cell_from), plain(legs.cell_to))
    order = np.argsort(home, kind="stable")
    starts = np.flatnonzero(np.diff(home[order], prepend=NO_ROW))
    neighbour = np.empty_like(home)
    neighbour[order] = np.roll(order, -1)
    neighbour[order[np.append(starts[1:], len(order)) - 1]] = order[starts]
    return neighbour, int(np.bincount(home).max(initial=0))


@compiled_apart
def _join_homes(home: Int64s, op: Int8s, cell_from: Int64s, cell_to: Int64s) -> None:
    """Joins cells by moves: in the end `home` of each is the lowest number among those that are joined."""
    for leg in range(len(op)):
        if op[leg] == MOVE:
            one, other = _home_of(home, cell_from[leg]), _home_of(home, cell_to[leg])
            home[max(one, other)] = min(one, other)
    for cell in range(len(home)):
        home[cell] = home[home[cell]]


@compiled
def _home_of(home: Int64s, cell: int) -> int:
    while home[cell] != cell:
        home[cell] = home[home[cell]]
        cell = home[cell]
    return cell


def with_room(book: Book, rows: int, placements: int) -> Book:
    """The same book with room for so many more rows in each growing table, and for so many more placements."""
    counters = book.counters
    return book._replace(
        queue=_lengthened(book.queue, counters[USED], rows),
        takes=_lengthened(book.takes, counters[TAKES], rows),
        true_ups=_lengthened(book.true_ups, counters[TRUE_UPS], rows),
        placements=_lengthened(book.placements, counters[PLACEMENTS], placements),
    )


def _lengthened(table: Int64s, used: int, rows: int) -> Int64s:
    if used + rows <= len(table):
        return table
    longer = np.empty_like(table, shape=(2 * len(table) + rows, table.shape[1]))
    longer[:used] = table[:used]
    return longer


def entries(book: Book, holders: Int64s, reference: int) -> Int64s:
    """The queues of these cells, [rows, 4]: cell, the entry's reference (ORIGIN or LEG), quantity, amount."""
    rows = _by_column(book.cells[holders, LENGTH].sum(), 4)
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
