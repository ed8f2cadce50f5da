"""The costing kernel once more, in plain Python: to be read, and to check `kernel.py` unit for unit.

All numbers are whole: quantities in 1/10,000 units, amounts in minor units of the currency. `reference_cells.py` keeps
the goods, `reference_revaluing.py` and `reference_deliveries.py` change what they are worth; here goods come and leave.
"""

from collections.abc import Sequence

import numpy as np

from tieout.costing.events import (
    ADD,
    COST_ASSUMED,
    CURRENT,
    GROUP_IN,
    GROUP_OUT,
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
    REVALUE,
    SPECIFIC,
    SPECIFIC_NOT_FOUND,
    STANDARD,
    SWITCH,
    Int64s,
    Legs,
    OpenLayers,
    OpenShortages,
    Placements,
    Replay,
    Takes,
    TrueUps,
)
from tieout.costing.reference_cells import Cell, Layer, Shortage, spread_by_quantity
from tieout.costing.reference_deliveries import Deliverer, Issue
from tieout.costing.reference_revaluing import Row
from tieout.costing.rounding import half_up
from tieout.costing.shadow import as_fifo, needs_shadow, with_what_is_left


class Accountant(Deliverer):
    """Carries out legs one by one and writes down what happens."""

    def __init__(self, legs: Legs) -> None:
        super().__init__(legs)
        self.valued: list[Row] = []

    def replay(self) -> Replay:
        """Values every leg of every pool."""
        for first, end in zip(self.legs.pool_offsets[:-1], self.legs.pool_offsets[1:], strict=True):
            self.turnover = (0, 0)
            for leg in range(int(first), int(end)):
                self.valued.append((self.value_leg(leg), *self.balances(leg)))
        amount, units_from, amount_from, units_to, amount_to = columns(self.valued, 5)
        status, takes, true_ups = np.array(self.status, np.int32), columns(self.takes, 4), columns(self.true_ups, 6)
        layers = [(c, x.origin, x.quantity, x.amount) for c, cell in enumerate(self.cells) for x in cell.leaving()]
        shortages = [(c, x.issue, x.quantity, x.amount) for c, cell in enumerate(self.cells) for x in cell.shortages]
        left = OpenLayers(*columns(layers, 4)), OpenShortages(*columns(shortages, 4))
        after = units_from, amount_from, units_to, amount_to
        placements = Placements(*columns(self.placements, 4))
        apart = np.array(self.variance, np.int64), np.array(self.placed, np.int64)
        return Replay(amount, *after, status, Takes(*takes), TrueUps(*true_ups), placements, *left, *apart)

    def value_leg(self, leg: int) -> int:
        """Carries out one leg; the amount that it moved."""
        op, quantity, value = int(self.legs.op[leg]), int(self.legs.quantity[leg]), int(self.legs.value[leg])
        source = int(self.legs.source[leg])
        if op in (OUT, MOVE, GROUP_OUT):
            return self.issue(leg, quantity)
        if op == RETURN:
            return self.take_back(leg, quantity)
        if op == GROUP_IN:
            return self.make(leg, quantity, self.cost_of(leg))
        if op == ADD:
            return self.add_cost(leg, value)
        if op == REVALUE:
            return self.revalue(leg, -self.valued[source][0] if source >= 0 else value)
        if op == SWITCH:
            return self.switch(leg, value)
        if value != NO_VALUE:
            taken = self.issues.get(source, Issue(0, 0)).amount
            return self.arrive(leg, quantity, min(value, taken) if source >= 0 else value)[0]
        amount = self.assumed_amount(leg, quantity)
        if not self.status[leg] & NO_COST:
            self.status[leg] |= COST_ASSUMED
        return self.arrive(leg, quantity, amount)[0]

    def cost_of(self, leg: int) -> int:
        """The cost that goods take on, or leave behind."""
        return max(int(self.legs.value[leg]), 0)

    def balances(self, leg: int) -> Row:
        """Quantity and amount of the leg's cells right after it."""
        cells = (int(self.legs.cell_from[leg]), int(self.legs.cell_to[leg]))
        pairs = [(self.cells[cell].quantity, self.cells[cell].amount) if cell >= 0 else (0, 0) for cell in cells]
        return (*pairs[0], *pairs[1])

    def issue(self, leg: int, quantity: int) -> int:
        """Goods leave a cell, for good or for another cell; what is missing leaves at a provisional cost."""
        cell, moves = self.cell_from(leg), self.legs.op[leg] == MOVE
        missing, provisional, unit_cost = max(quantity - max(cell.quantity, 0), 0), 0, (0, 1)
        if missing:
            self.status[leg] |= NEGATIVE_ON_HAND
            unit_cost = self.unit_cost(leg, cell, cell.leaving()[-1].unit_cost if cell.layers else None)
            provisional = half_up(missing * unit_cost[0], unit_cost[1])
        standard = self.at_standard(leg, quantity) if moves and self.cell_to(leg).method == STANDARD else None
        on_arrival = (standard or 0) + (self.cost_of(leg) if moves else 0)
        if self.refuses(leg, quantity, max(cell.amount, 0) + provisional + on_arrival, provisional):
            return 0
        taken = self.take_from_stock(leg, quantity - missing)
        amount = sum(layer.amount for layer in taken) + provisional
        self.turn_over(quantity, amount + on_arrival)
        self.issues[leg] = Issue(quantity, amount)
        if missing:
            taken.append(Layer(missing, provisional, unit_cost, NO_ROW))
        became = self.send(leg, taken, amount)
        if missing:
            cell.shortages.append(Shortage(leg, missing, provisional, became, (provisional, missing)))
        return amount

    def take_from_stock(self, leg: int, quantity: int) -> list[Layer]:
        """Goods that are there: those that the leg names or the method, or a part of all; less what stays behind."""
        cell, source = self.cell_from(leg), int(self.legs.source[leg])
        if source == CURRENT:
            taken = cell.take_of_each(quantity)
        else:
            taken = cell.take(quantity, source)
            if cell.method == SPECIFIC and any(layer.origin != source or source == NO_ROW for layer in taken):
                self.status[leg] |= SPECIFIC_NOT_FOUND
        if self.legs.op[leg] == OUT and self.cost_of(leg) and cell.layers and cell.method != STANDARD:
            self.leave_behind(cell, source, taken, self.cost_of(leg))
        self.takes += [(leg, layer.origin, layer.quantity, layer.amount) for layer in taken]
        return taken

    def leave_behind(self, cell: Cell, source: int, taken: list[Layer], cost: int) -> None:
        """A cost of the goods that left stays with those that are kept, as far as they bore it."""
        still = stays = min(cost, sum(layer.amount for layer in taken))
        for layer in taken:
            still -= (part := min(still, layer.amount))
            layer.amount -= part
        cell.keep(stays, source)

    def send(self, leg: int, goods: list[Layer], amount: int) -> Layer | None:
        """What an issue took goes into an assembly or to another cell; the layer that the last of it became there."""
        if self.legs.op[leg] == GROUP_OUT:
            self.assembly(leg).pot += amount
        if self.legs.op[leg] != MOVE:
            return None
        quantity, on_the_way, became = int(self.legs.quantity[leg]), self.cost_of(leg), None
        if self.cell_to(leg).method == STANDARD:
            goods = [self.entering(leg, quantity, amount + on_the_way)]
        elif on_the_way:
            spread_by_quantity(goods, on_the_way, quantity)
        for layer in goods:
            became = self.deliver(leg, layer)
        return became

    def take_back(self, leg: int, quantity: int) -> int:
        """Goods of an earlier issue come back: at its cost as far as it reaches, beyond that at the cell's."""
        source = int(self.legs.source[leg])
        issue = self.issues.get(source, Issue(0, 0))
        within = min(quantity, issue.quantity - issue.returned_quantity)
        beyond = quantity - within
        if beyond and source != CURRENT:
            self.status[leg] |= RETURN_WITHOUT_SOURCE if source == NO_ROW else RETURN_EXCEEDS_SOURCE
        part = 0
        if within:
            due = half_up(issue.amount * (issue.returned_quantity + within), issue.quantity)
            part = max(due - issue.returned_amount, 0)
        extra = self.assumed_amount(leg, beyond) if beyond else 0
        amount, _ = self.arrive(leg, quantity, part + extra, extra)
        if not self.status[leg] & OVERFLOW_REFUSED:
            issue.returned_quantity += within
            issue.returned_amount += part
        return amount

    def make(self, leg: int, quantity: int, labour: int) -> int:
        """A product arrives with its part of what went into its assembly, and labour on top."""
        assembly = self.assembly(leg)
        part = assembly.part(len(assembly.products), assembly.pot)
        assembly.products.append((leg, None))
        amount, layer = self.arrive(leg, quantity, part + labour)
        assembly.products[-1] = (leg, layer)
        return amount

    def arrive(self, leg: int, quantity: int, amount: int, product: int = 0) -> tuple[int, Layer | None]:
        """Goods arrive from outside as one layer: the amount, and the layer in its cell."""
        standard = self.at_standard(leg, quantity) if self.cell_to(leg).method == STANDARD else None
        if self.refuses(leg, quantity, amount + (standard or 0), max(product, standard or 0)):
            return 0, None
        self.turn_over(quantity, amount + (standard or 0))
        layer = self.deliver(leg, self.entering(leg, quantity, amount))
        return amount, layer


def columns(rows: Sequence[Row], width: int) -> tuple[Int64s, ...]:
    """Rows as int64 columns."""
    return tuple(np.array(rows, np.int64).reshape(-1, width).T)


def replay(legs: Legs) -> Replay:
    """Values every leg in its order, like `kernel.replay`, slowly."""
    if needs_shadow(legs):
        legs = with_what_is_left(legs, replay(as_fifo(legs)))
    return Accountant(legs).replay()
