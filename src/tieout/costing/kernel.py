"""Costing kernel: replays stock movements through cost layers in exact integers, compiled.

Here is the loop over the legs. `issues.py`, `inflows.py` and `revaluing.py` carry them out, `queues.py` and
`true_ups.py` lead goods and values through the cells. `reference.py` says the same in plain Python, unit for unit.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np

from tieout.costing.book import (
    AMOUNT,
    LEG,
    LEGS,
    LENGTH,
    ORIGIN,
    PLACED,
    PLACEMENTS,
    POOLS,
    QUANTITY,
    TAKES,
    TRUE_UPS,
    TURNOVER_AMOUNT,
    TURNOVER_QUANTITY,
    USED,
    VARIANCE,
    Book,
    cells_of,
    entries,
    opened,
    part_of,
    with_room,
)
from tieout.costing.costs import Costs
from tieout.costing.events import (
    ADD,
    GROUP_IN,
    GROUP_OUT,
    IN,
    MOVE,
    OUT,
    RETURN,
    REVALUE,
    Int64s,
    Legs,
    OpenLayers,
    OpenShortages,
    Placements,
    Replay,
    Takes,
    TrueUps,
    standard_divisor,
)
from tieout.costing.inflows import make, receive, take_back
from tieout.costing.issues import issue
from tieout.costing.revaluing import add_cost, revalue, switch
from tieout.costing.rounding import compiled, compiled_apart, plain
from tieout.costing.shadow import as_fifo, needs_shadow, with_what_is_left

_LEGS_WORTH_A_THREAD = 100_000

Table = TypeVar("Table", Takes, TrueUps, Placements, OpenLayers, OpenShortages)


class _Part(NamedTuple):
    """What some of the pools add to the tables of a replay."""

    takes: Takes
    true_ups: TrueUps
    placements: Placements
    open_layers: OpenLayers
    open_shortages: OpenShortages


@compiled_apart
def _revise(book: Book, costs: Costs, leg: int) -> int:
    """Carries out an ADD, REVALUE or SWITCH; its status."""
    if book.op[leg] == ADD:
        return add_cost(book, costs, leg)
    if book.op[leg] == REVALUE:
        return revalue(book, costs, leg)
    return switch(book, costs, leg)


@compiled
def _replay_leg(book: Book, costs: Costs, leg: int) -> None:
    op, valued = book.op[leg], book.valued
    if op == OUT or op == MOVE or op == GROUP_OUT:
        status = issue(book, costs, leg)
    elif op == RETURN:
        status = take_back(book, costs, leg)
    elif op == IN:
        status = receive(book, costs, leg)
    elif op == GROUP_IN:
        status = make(book, costs, leg)
    else:
        status = _revise(book, costs, leg)
    book.status[leg] |= status
    cell_from, cell_to = book.cell_from[leg], book.cell_to[leg]
    if cell_from >= 0:
        valued[1, leg], valued[2, leg] = book.cells[cell_from, QUANTITY], book.cells[cell_from, AMOUNT]
    if cell_to >= 0:
        valued[3, leg], valued[4, leg] = book.cells[cell_to, QUANTITY], book.cells[cell_to, AMOUNT]


@compiled
def _rows_needed(book: Book, leg: int) -> tuple[int, int]:
    """Rows that a leg can add at the very most: to any other growing table, and to the placements."""
    rows, source, target = 4, book.cell_from[leg], book.cell_to[leg]
    placements = book.widest_ring if book.op[leg] == ADD else 0
    if source >= 0 and book.cells[source, QUANTITY] > 0:
        rows += 2 * book.cells[source, LENGTH]
    if target >= 0 and book.cells[target, QUANTITY] < 0:
        rows += book.cells[target, LENGTH]
        placements += rows * book.most_products
    return rows, placements


@compiled
def _replay_until_full(book: Book, costs: Costs, pool_offsets: Int64s, stop: int) -> tuple[int, int]:
    """Values leg after leg until one might not find room in the growing tables; the rows it needs, 0 after the last."""
    counters = book.counters
    for leg in range(counters[LEGS], stop):
        rows, placements = _rows_needed(book, leg)
        room = min(len(book.takes) - counters[TAKES], len(book.true_ups) - counters[TRUE_UPS])
        room = min(room, len(book.queue) - counters[USED])
        if rows > room or placements > len(book.placements) - counters[PLACEMENTS]:
            counters[LEGS] = leg
            return rows, placements
        while pool_offsets[counters[POOLS]] == leg:
            counters[POOLS] += 1
            counters[TURNOVER_QUANTITY] = counters[TURNOVER_AMOUNT] = 0
        _replay_leg(book, costs, leg)
    return 0, 0


def replay(legs: Legs) -> Replay:
    """Values every leg in its order, on all processors; the arrays are the same on any number of them.

    Quantities in 1/10,000 units, amounts in minor units, both int64; see `Legs` and `Replay` for shapes. A leg beyond
    the bounds is refused with OVERFLOW_REFUSED: nothing ever wraps, nothing is ever float.
    """
    if needs_shadow(legs):
        legs = with_what_is_left(legs, replay(as_fifo(legs)))
    book, offsets = opened(legs), plain(legs.pool_offsets)
    costs = Costs(plain(legs.value), plain(legs.source), plain(legs.standard), standard_divisor(legs.scale))
    pools = _shared_out(offsets)
    with ThreadPoolExecutor(len(pools)) as threads:
        parts = list(threads.map(partial(_replay_part, book, costs, offsets), pools))
        _number_true_ups(parts)
        joined = _Part(*(_joined(threads, tables) for tables in zip(*parts, strict=True)))
    return Replay(
        amount=book.valued[0],
        from_quantity_after=book.valued[1],
        from_amount_after=book.valued[2],
        to_quantity_after=book.valued[3],
        to_amount_after=book.valued[4],
        status=book.status,
        variance=book.valued[VARIANCE],
        placed=book.valued[PLACED],
        **joined._asdict(),
    )


def _shared_out(pool_offsets: Int64s) -> list[range]:
    """The pools by processor, about as many legs for each; fewer parts where a thread costs more than it saves."""
    legs = int(pool_offsets[-1])
    number = min(os.cpu_count() or 1, 1 + legs // _LEGS_WORTH_A_THREAD)
    borders = np.searchsorted(pool_offsets, [legs * part // number for part in range(1, number)]).tolist()
    return [range(*ends) for ends in pairwise([0, *borders, len(pool_offsets) - 1])]


def _replay_part(book: Book, costs: Costs, pool_offsets: Int64s, pools: range) -> _Part:
    """Values the legs of some pools. They share no cell with others: each part writes to rows and cells of its own."""
    start, stop = pool_offsets[pools.start], pool_offsets[pools.stop]
    book = part_of(book, start, stop, pools.start)
    while any(needed := _replay_until_full(book, costs, pool_offsets, stop)):
        book = with_room(book, *needed)
    on_hand = np.where(cells_of(book, start, stop), book.cells[:, QUANTITY], 0)
    return _Part(
        Takes(*book.takes[: book.counters[TAKES]].T),
        TrueUps(*book.true_ups[: book.counters[TRUE_UPS]].T),
        Placements(*book.placements[: book.counters[PLACEMENTS]].T),
        OpenLayers(*entries(book, np.flatnonzero(on_hand > 0), ORIGIN).T),
        OpenShortages(*entries(book, np.flatnonzero(on_hand < 0), LEG).T),
    )


def _number_true_ups(parts: Sequence[_Part]) -> None:
    """Makes the placements of each part name the rows that its true-ups have among those of all parts."""
    before = 0
    for part in parts:
        part.placements.true_up[part.placements.true_up >= 0] += before
        before += len(part.true_ups.issue)


def _joined(threads: ThreadPoolExecutor, tables: Sequence[Table]) -> Table:
    """The tables of all parts one below the other; those that list cells, by cell."""
    if len(tables) == 1:
        return tables[0]
    columns = list(threads.map(np.concatenate, zip(*(vars(table).values() for table in tables), strict=True)))
    kind = type(tables[0])
    if issubclass(kind, OpenLayers | OpenShortages):
        order = np.argsort(columns[0], kind="stable")
        columns = [column[order] for column in columns]
    return kind(*columns)
