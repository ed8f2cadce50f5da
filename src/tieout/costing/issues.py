"""Legs that take goods, compiled: what they cost, also beyond what is there, and what becomes of them."""

from tieout.costing.book import (
    AMOUNT,
    LAST,
    METHOD,
    NEXT,
    POT,
    QUANTITY,
    TAKES,
    UNIT_AMOUNT,
    UNIT_QUANTITY,
    Book,
    drop_entry,
    new_entry,
)
from tieout.costing.costs import Costs, fits, turn_over, unit_cost
from tieout.costing.events import (
    CURRENT,
    GROUP_OUT,
    LIMIT,
    MOVE,
    NEGATIVE_ON_HAND,
    NO_ROW,
    OUT,
    OVERFLOW_REFUSED,
    SPECIFIC,
    SPECIFIC_NOT_FOUND,
    STANDARD,
)
from tieout.costing.inflows import enter_at_standard, fits_at_standard, note_amount
from tieout.costing.queues import append, bring_forward, deliver, drop_chain, is_pooled, take, take_of_each
from tieout.costing.revaluing import add_to_rest
from tieout.costing.rounding import REFUSED, compiled, compiled_apart, mul_div_half_up


@compiled
def issue(book: Book, costs: Costs, leg: int) -> int:
    """Values an OUT, MOVE or GROUP_OUT; its status."""
    cells, cell, quantity = book.cells, book.cell_from[leg], book.quantity[leg]
    on_hand, worth = max(cells[cell, QUANTITY], 0), max(cells[cell, AMOUNT], 0)
    missing = max(quantity - on_hand, 0)
    status, provisional, unit = 0, 0, (0, 1)
    if missing > 0:
        status, provisional, unit = _beyond_stock(book, costs, leg, missing)
    if provisional == REFUSED or not _fits_everywhere(book, costs, leg, worth + provisional):
        return OVERFLOW_REFUSED
    goods, amount, not_found = _take_from_stock(book, costs, leg, quantity - missing)
    note_amount(book, leg, amount + provisional)
    book.issued[leg, QUANTITY], book.issued[leg, AMOUNT] = quantity, amount + provisional
    became, arrived = NO_ROW, 0
    if book.op[leg] == MOVE:
        if missing > 0:
            goods = _with_missing(book, goods, missing, provisional, unit)
        became, arrived = _bring(book, costs, leg, goods)
    else:
        _send_away(book, leg, goods)
    if missing > 0:
        shortage = new_entry(book, missing, provisional, (provisional, missing), leg, became)
        append(book, cell, shortage)
        cells[cell, QUANTITY] -= missing
        cells[cell, AMOUNT] -= provisional
    return status | not_found | arrived


@compiled
def _beyond_stock(book: Book, costs: Costs, leg: int, missing: int) -> tuple[int, int, tuple[int, int]]:
    """For goods that are not there: the status, the provisional amount (REFUSED beyond bounds) and its unit cost."""
    cells, queue, cell = book.cells, book.queue, book.cell_from[leg]
    last = cells[cell, LAST]
    stock = (queue[last, UNIT_AMOUNT], queue[last, UNIT_QUANTITY]) if cells[cell, QUANTITY] > 0 else (0, 0)
    unit_amount, unit_quantity, no_cost = unit_cost(book, costs, leg, cell, stock)
    provisional = mul_div_half_up(missing, unit_amount, unit_quantity)
    if provisional > LIMIT:
        provisional = REFUSED
    return NEGATIVE_ON_HAND | no_cost, provisional, (unit_amount, unit_quantity)


@compiled
def _fits_everywhere(book: Book, costs: Costs, leg: int, amount: int) -> bool:
    """Whether the turnover has room for an issue of this amount and, of a move, for what arrives."""
    if not fits(book, book.quantity[leg], amount):
        return False
    if book.op[leg] != MOVE:
        return True
    on_the_way = max(costs.value[leg], 0)
    if on_the_way > LIMIT or not fits(book, book.quantity[leg], amount + on_the_way):
        return False
    standard = book.cells[book.cell_to[leg], METHOD] == STANDARD
    return not standard or fits_at_standard(book, costs, leg, amount + on_the_way)


@compiled
def _take_from_stock(book: Book, costs: Costs, leg: int, quantity: int) -> tuple[int, int, int]:
    """Takes goods that are there: a chain of layers, ended by -1, their amount and the status."""
    cell, source, first_take = book.cell_from[leg], costs.source[leg], book.counters[TAKES]
    goods, status = NO_ROW, 0
    if source == CURRENT and quantity > 0:
        amount = take_of_each(book, leg, cell, quantity)
    else:
        if source >= 0 or book.cells[cell, METHOD] == SPECIFIC:
            status = _prefer(book, cell, source, quantity)
        goods, amount = take(book, leg, cell, quantity)
    if costs.value[leg] > 0 and book.op[leg] == OUT:
        amount -= _leave_behind(book, costs, leg, first_take, amount)
    return goods, amount, status


@compiled_apart
def _prefer(book: Book, cell: int, source: int, quantity: int) -> int:
    """Brings the goods that an issue names to the front of their queue; SPECIFIC_NOT_FOUND when others must do."""
    if is_pooled(book.cells[cell, METHOD]):
        return 0
    found = bring_forward(book, cell, source, quantity) if source >= 0 else 0
    return SPECIFIC_NOT_FOUND if book.cells[cell, METHOD] == SPECIFIC and found < quantity else 0


@compiled_apart
def _leave_behind(book: Book, costs: Costs, leg: int, first_take: int, amount: int) -> int:
    """Takes the cost that stays out of an OUT's takes, the first ones first, and adds it to what is kept; how much."""
    cells, cell, takes = book.cells, book.cell_from[leg], book.takes
    if cells[cell, QUANTITY] <= 0 or cells[cell, METHOD] == STANDARD:
        return 0
    stays = min(costs.value[leg], amount)
    still = stays
    for row in range(first_take, book.counters[TAKES]):
        part = min(still, takes[row, 3])
        takes[row, 3] -= part
        still -= part
    add_to_rest(book, cell, costs.source[leg], stays)
    return int(stays)


@compiled
def _send_away(book: Book, leg: int, goods: int) -> None:
    """Takes a chain of layers out of the pool, or their value into an assembly."""
    while goods != NO_ROW:
        layer, goods = goods, book.queue[goods, NEXT]
        drop_entry(book, layer)
    if book.op[leg] == GROUP_OUT:
        book.groups[book.group[leg], POT] += book.valued[0, leg]


@compiled
def _bring(book: Book, costs: Costs, leg: int, goods: int) -> tuple[int, int]:
    """Brings a chain of layers to a move's destination; what the last of them became there, or -1, and the status."""
    cell, cost, became = book.cell_to[leg], max(costs.value[leg], 0), NO_ROW
    turn_over(book, 0, cost)
    if book.cells[cell, METHOD] == STANDARD:
        drop_chain(book, goods)
        return became, enter_at_standard(book, costs, leg, book.valued[0, leg] + cost)
    if cost > 0:
        _load(book, goods, cost, book.quantity[leg])
    while goods != NO_ROW:
        layer, goods = goods, book.queue[goods, NEXT]
        became = deliver(book, leg, cell, layer)
    return became, 0


@compiled
def _with_missing(book: Book, goods: int, missing: int, provisional: int, unit: tuple[int, int]) -> int:
    """The chain of layers, with the units that are not there at its end."""
    layer, last, queue = new_entry(book, missing, provisional, unit, NO_ROW, NO_ROW), goods, book.queue
    queue[layer, NEXT] = NO_ROW
    if goods == NO_ROW:
        return layer
    while queue[last, NEXT] != NO_ROW:
        last = queue[last, NEXT]
    queue[last, NEXT] = layer
    return goods


@compiled_apart
def _load(book: Book, goods: int, cost: int, quantity: int) -> None:
    """Shares a cost over a chain of layers of so many goods, by quantity."""
    queue, reached, loaded = book.queue, 0, 0
    while goods != NO_ROW:
        reached += queue[goods, QUANTITY]
        part = mul_div_half_up(cost, reached, quantity) - loaded
        queue[goods, AMOUNT] += part
        queue[goods, UNIT_AMOUNT], queue[goods, UNIT_QUANTITY] = queue[goods, AMOUNT], queue[goods, QUANTITY]
        loaded, goods = loaded + part, queue[goods, NEXT]
