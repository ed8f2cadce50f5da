"""Costing kernel: replays stock movements through cost layers in exact integers, compiled.

Each leg is valued here; how its goods travel through the cells' queues is in `queues.py`. `reference.py` says the same
in plain Python, unit for unit.
"""

from typing import NamedTuple

import numpy as np

from tieout.costing.events import (
    COST_ASSUMED,
    LIMIT,
    MOVE,
    NEGATIVE_ON_HAND,
    NO_COST,
    NO_ROW,
    NO_VALUE,
    OUT,
    OVERFLOW_REFUSED,
    RETURN,
    RETURN_EXCEEDS_SOURCE,
    RETURN_WITHOUT_SOURCE,
    Int64s,
    Legs,
    OpenLayers,
    OpenShortages,
    Replay,
    Takes,
    TrueUps,
    standard_divisor,
)
from tieout.costing.queues import (
    AMOUNT,
    LAST,
    LEG,
    LEGS,
    LENGTH,
    NEXT,
    ORIGIN,
    POOLS,
    QUANTITY,
    RETURNED_AMOUNT,
    RETURNED_QUANTITY,
    TAKES,
    TRUE_UPS,
    TURNOVER_AMOUNT,
    TURNOVER_QUANTITY,
    UNIT_AMOUNT,
    UNIT_QUANTITY,
    USED,
    Book,
    append,
    deliver,
    drop_entry,
    entries,
    new_entry,
    opened,
    plain,
    take,
    with_room,
)
from tieout.costing.rounding import REFUSED, compiled, mul_div_half_up


class Costs(NamedTuple):
    """What the legs say about costs."""

    value: Int64s
    source: Int64s
    standard: Int64s
    divisor: int  # of quantity × standard


@compiled
def _unit_cost(book: Book, costs: Costs, leg: int, cell: int, stock: tuple[int, int]) -> tuple[int, int, int]:
    """Unit cost as a pair for goods without one: the stock's, else the cell's last, else the standard, else zero."""
    if stock[1] > 0:
        return stock[0], stock[1], 0
    if book.cells[cell, UNIT_QUANTITY] > 0:
        return book.cells[cell, UNIT_AMOUNT], book.cells[cell, UNIT_QUANTITY], 0
    if costs.standard[leg] >= 0:
        return costs.standard[leg], costs.divisor, 0
    return 0, 1, NO_COST


@compiled
def _fits(book: Book, quantity: int, amount: int) -> bool:
    """Whether the pool's turnover has room for this leg; keeps every sum inside int64 (see `LIMIT`)."""
    counters = book.counters
    return bool(quantity <= LIMIT - counters[TURNOVER_QUANTITY] and amount <= LIMIT - counters[TURNOVER_AMOUNT])


@compiled
def _note_amount(book: Book, leg: int, amount: int) -> None:
    book.valued[0, leg] = amount
    book.counters[TURNOVER_QUANTITY] += book.quantity[leg]
    book.counters[TURNOVER_AMOUNT] += amount


@compiled
def _issue(book: Book, costs: Costs, leg: int) -> int:
    """Values an OUT or MOVE; its status."""
    cells, queue, cell = book.cells, book.queue, book.cell_from[leg]
    on_hand, worth = max(cells[cell, QUANTITY], 0), max(cells[cell, AMOUNT], 0)
    missing = max(book.quantity[leg] - on_hand, 0)
    status, provisional, unit = 0, 0, (0, 1)
    if missing > 0:
        last = cells[cell, LAST]
        stock = (queue[last, UNIT_AMOUNT], queue[last, UNIT_QUANTITY]) if on_hand > 0 else (0, 0)
        unit_amount, unit_quantity, no_cost = _unit_cost(book, costs, leg, cell, stock)
        unit, status = (unit_amount, unit_quantity), NEGATIVE_ON_HAND | no_cost
        provisional = mul_div_half_up(missing, unit_amount, unit_quantity)
        if provisional == REFUSED or provisional > LIMIT:
            return OVERFLOW_REFUSED
    if not _fits(book, book.quantity[leg], worth + provisional):
        return OVERFLOW_REFUSED
    goods, amount = take(book, leg, cell, book.quantity[leg] - missing)
    _note_amount(book, leg, amount + provisional)
    book.issued[leg, QUANTITY], book.issued[leg, AMOUNT] = book.quantity[leg], amount + provisional
    became = _send(book, leg, goods, missing, provisional, unit)
    if missing > 0:
        shortage = new_entry(book, missing, provisional, (provisional, missing), leg, became)
        append(book, cell, shortage)
        cells[cell, QUANTITY] -= missing
        cells[cell, AMOUNT] -= provisional
    return status


@compiled
def _send(book: Book, leg: int, goods: int, missing: int, provisional: int, unit: tuple[int, int]) -> int:
    """Takes a chain of layers out of the pool, or to a move's destination with its missing units last: that layer."""
    moves, became = book.op[leg] == MOVE, NO_ROW
    while goods != NO_ROW:
        layer, goods = goods, book.queue[goods, NEXT]
        if moves:
            deliver(book, leg, book.cell_to[leg], layer)
        else:
            drop_entry(book, layer)
    if moves and missing > 0:
        layer = new_entry(book, missing, provisional, unit, NO_ROW, NO_ROW)
        became = deliver(book, leg, book.cell_to[leg], layer)
    return became


@compiled
def _without_cost(book: Book, costs: Costs, leg: int, quantity: int) -> tuple[int, int]:
    """Amount of goods that arrive without a cost (REFUSED beyond bounds), and NO_COST when there is none."""
    cell = book.cell_to[leg]
    stock = (book.cells[cell, AMOUNT], max(book.cells[cell, QUANTITY], 0))
    unit_amount, unit_quantity, no_cost = _unit_cost(book, costs, leg, cell, stock)
    amount = mul_div_half_up(quantity, unit_amount, unit_quantity)
    return amount if amount <= LIMIT else REFUSED, no_cost


@compiled
def _arrive(book: Book, leg: int, amount: int, status: int) -> int:
    """Brings an IN or RETURN of this amount into its cell; its status."""
    quantity = book.quantity[leg]
    if amount == REFUSED or not _fits(book, quantity, amount):
        return OVERFLOW_REFUSED
    _note_amount(book, leg, amount)
    layer = new_entry(book, quantity, amount, (amount, quantity), NO_ROW, leg)
    deliver(book, leg, book.cell_to[leg], layer)
    return status


@compiled
def _receive(book: Book, costs: Costs, leg: int) -> int:
    """Values an IN; its status."""
    if costs.value[leg] != NO_VALUE:
        return _arrive(book, leg, costs.value[leg], 0)
    amount, no_cost = _without_cost(book, costs, leg, book.quantity[leg])
    return _arrive(book, leg, amount, no_cost if no_cost else COST_ASSUMED)


@compiled
def _take_back(book: Book, costs: Costs, leg: int) -> int:
    """Values a RETURN; its status. Its share of the issue is never below zero, also after a true-up downwards."""
    issued, source, quantity = book.issued, costs.source[leg], book.quantity[leg]
    status, share, within = RETURN_WITHOUT_SOURCE, 0, 0
    if source >= 0:
        returned = issued[source, RETURNED_QUANTITY]
        within = min(quantity, issued[source, QUANTITY] - returned)
        status = 0 if within == quantity else RETURN_EXCEEDS_SOURCE
    if within > 0:
        due = mul_div_half_up(issued[source, AMOUNT], returned + within, issued[source, QUANTITY])
        share = max(due - issued[source, RETURNED_AMOUNT], 0)
    beyond, no_cost = 0, 0
    if within < quantity:
        beyond, no_cost = _without_cost(book, costs, leg, quantity - within)
    status = _arrive(book, leg, REFUSED if beyond == REFUSED else share + beyond, status | no_cost)
    if within > 0 and status != OVERFLOW_REFUSED:
        issued[source, RETURNED_QUANTITY] += within
        issued[source, RETURNED_AMOUNT] += share
    return status


@compiled
def _replay_leg(book: Book, costs: Costs, leg: int) -> None:
    op, valued = book.op[leg], book.valued
    if op == OUT or op == MOVE:
        status = _issue(book, costs, leg)
    elif op == RETURN:
        status = _take_back(book, costs, leg)
    else:
        status = _receive(book, costs, leg)
    book.status[leg] |= status
    cell_from, cell_to = book.cell_from[leg], book.cell_to[leg]
    if cell_from >= 0:
        valued[1, leg], valued[2, leg] = book.cells[cell_from, QUANTITY], book.cells[cell_from, AMOUNT]
    if cell_to >= 0:
        valued[3, leg], valued[4, leg] = book.cells[cell_to, QUANTITY], book.cells[cell_to, AMOUNT]


@compiled
def _rows_needed(book: Book, leg: int) -> int:
    """Rows that a leg can add to any growing table at the very most."""
    rows, source, target = 4, book.cell_from[leg], book.cell_to[leg]
    if source >= 0 and book.cells[source, QUANTITY] > 0:
        rows += 2 * book.cells[source, LENGTH]
    if target >= 0 and book.cells[target, QUANTITY] < 0:
        rows += book.cells[target, LENGTH]
    return int(rows)


@compiled
def _replay_until_full(book: Book, costs: Costs, pool_offsets: Int64s) -> int:
    """Values leg after leg until one might not find room in the growing tables; the rows it needs, 0 after the last."""
    counters = book.counters
    for leg in range(counters[LEGS], len(book.op)):
        rows = _rows_needed(book, leg)
        room = min(len(book.takes) - counters[TAKES], len(book.true_ups) - counters[TRUE_UPS])
        if rows > min(room, len(book.queue) - counters[USED]):
            counters[LEGS] = leg
            return rows
        while pool_offsets[counters[POOLS]] == leg:
            counters[POOLS] += 1
            counters[TURNOVER_QUANTITY] = counters[TURNOVER_AMOUNT] = 0
        _replay_leg(book, costs, leg)
    return 0


def replay(legs: Legs) -> Replay:
    """Values every leg in its order.

    Quantities in 1/10,000 units, amounts in minor units, both int64; see `Legs` and `Replay` for shapes. A leg beyond
    the bounds is refused with OVERFLOW_REFUSED: nothing ever wraps, nothing is ever float.
    """
    book = opened(legs)
    costs = Costs(plain(legs.value), plain(legs.source), plain(legs.standard), standard_divisor(legs.scale))
    pool_offsets = plain(legs.pool_offsets)
    while rows := _replay_until_full(book, costs, pool_offsets):
        book = with_room(book, rows)
    on_hand = book.cells[:, QUANTITY]
    return Replay(
        amount=book.valued[0],
        from_quantity_after=book.valued[1],
        from_amount_after=book.valued[2],
        to_quantity_after=book.valued[3],
        to_amount_after=book.valued[4],
        status=book.status,
        takes=Takes(*_columns(book.takes[: book.counters[TAKES]])),
        true_ups=TrueUps(*_columns(book.true_ups[: book.counters[TRUE_UPS]])),
        open_layers=OpenLayers(*_columns(entries(book, np.flatnonzero(on_hand > 0), ORIGIN))),
        open_shortages=OpenShortages(*_columns(entries(book, np.flatnonzero(on_hand < 0), LEG))),
    )


def _columns(table: Int64s) -> list[Int64s]:
    return [np.ascontiguousarray(column) for column in table.T]
