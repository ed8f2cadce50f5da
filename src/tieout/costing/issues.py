"""Legs that take goods, compiled: what they cost, also beyond what is there."""

from tieout.costing.book import (
    AMOUNT,
    LAST,
    METHOD,
    NEXT,
    POT,
    QUANTITY,
    UNIT_AMOUNT,
    UNIT_QUANTITY,
    Book,
    drop_entry,
    new_entry,
)
from tieout.costing.costs import Costs, fits, unit_cost
from tieout.costing.events import (
    GROUP_OUT,
    LIMIT,
    MOVE,
    NEGATIVE_ON_HAND,
    NO_ROW,
    OVERFLOW_REFUSED,
    SPECIFIC,
    SPECIFIC_NOT_FOUND,
    STANDARD,
)
from tieout.costing.inflows import enter_at_standard, fits_at_standard, note_amount
from tieout.costing.queues import append, bring_forward, deliver, drop_chain, is_pooled, take
from tieout.costing.rounding import REFUSED, compiled, compiled_apart, mul_div_half_up


@compiled
def issue(book: Book, costs: Costs, leg: int) -> int:
    """Values an OUT, MOVE or GROUP_OUT; its status."""
    cells, queue, cell, source = book.cells, book.queue, book.cell_from[leg], costs.source[leg]
    on_hand, worth = max(cells[cell, QUANTITY], 0), max(cells[cell, AMOUNT], 0)
    missing = max(book.quantity[leg] - on_hand, 0)
    status, provisional, unit = 0, 0, (0, 1)
    if missing > 0:
        last = cells[cell, LAST]
        stock = (queue[last, UNIT_AMOUNT], queue[last, UNIT_QUANTITY]) if on_hand > 0 else (0, 0)
        unit_amount, unit_quantity, no_cost = unit_cost(book, costs, leg, cell, stock)
        unit, status = (unit_amount, unit_quantity), NEGATIVE_ON_HAND | no_cost
        provisional = mul_div_half_up(missing, unit_amount, unit_quantity)
        if provisional == REFUSED or provisional > LIMIT:
            return OVERFLOW_REFUSED
    if not fits(book, book.quantity[leg], worth + provisional):
        return OVERFLOW_REFUSED
    to_standard = book.op[leg] == MOVE and cells[book.cell_to[leg], METHOD] == STANDARD
    if to_standard and not fits_at_standard(book, costs, leg, worth + provisional):
        return OVERFLOW_REFUSED
    if source >= 0 or cells[cell, METHOD] == SPECIFIC:
        status |= _prefer(book, cell, source, book.quantity[leg] - missing)
    goods, amount = take(book, leg, cell, book.quantity[leg] - missing)
    note_amount(book, leg, amount + provisional)
    book.issued[leg, QUANTITY], book.issued[leg, AMOUNT] = book.quantity[leg], amount + provisional
    became = NO_ROW
    if to_standard:
        drop_chain(book, goods)
        status |= enter_at_standard(book, costs, leg)
    else:
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
    if book.op[leg] == GROUP_OUT:
        book.groups[book.group[leg], POT] += book.valued[0, leg]
    return became


@compiled_apart
def _prefer(book: Book, cell: int, source: int, quantity: int) -> int:
    """Brings the goods that an issue names to the front of their queue; SPECIFIC_NOT_FOUND when others must do."""
    if is_pooled(book.cells[cell, METHOD]):
        return 0
    found = bring_forward(book, cell, source, quantity) if source >= 0 else 0
    return SPECIFIC_NOT_FOUND if book.cells[cell, METHOD] == SPECIFIC and found < quantity else 0
