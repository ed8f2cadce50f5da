"""The costing kernel once more, in plain Python: to be read, and to check `kernel.py` unit for unit.

A cell keeps a queue of layers, or, when it owes goods, a queue of shortages. All numbers are whole: quantities in
1/10,000 units, amounts in minor units of the currency.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tieout.costing.events import (
    AVERAGE,
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
    TRUE_UP_UNPLACED,
    Int64s,
    Legs,
    OpenLayers,
    OpenShortages,
    Replay,
    Takes,
    TrueUps,
    standard_divisor,
)
from tieout.costing.rounding import half_up

UnitCost = tuple[int, int]  # amount for a quantity, never divided
Row = tuple[int, ...]


@dataclass(eq=False)
class Layer:
    """Goods with their own value. `unit_cost` is what they were worth when they came."""

    quantity: int
    amount: int
    unit_cost: UnitCost
    origin: int

    def take(self, quantity: int) -> "Layer":
        """Part of the layer with its share of what is left; the last units take all that is left."""
        amount = half_up(self.amount * quantity, self.quantity)
        self.quantity -= quantity
        self.amount -= amount
        return Layer(quantity, amount, self.unit_cost, self.origin)


@dataclass(eq=False)
class Shortage:
    """Goods that an issue took before they were there: the units still missing and their provisional amount."""

    issue: int
    quantity: int
    amount: int
    became: Layer | None  # at a move's destination
    at_first: UnitCost

    def release(self, quantity: int) -> int:
        """The provisional amount of so many covered units; all releases together give the whole."""
        amount_at_first, quantity_at_first = self.at_first
        self.quantity -= quantity
        released = half_up(amount_at_first * (quantity_at_first - self.quantity), quantity_at_first)
        amount = self.amount - (amount_at_first - released)
        self.amount -= amount
        return amount


@dataclass
class Cell:
    """A place where layers queue, and its last known unit cost."""

    method: int
    layers: deque[Layer] = field(default_factory=deque)
    shortages: deque[Shortage] = field(default_factory=deque)
    last_cost: UnitCost | None = None

    @property
    def quantity(self) -> int:
        """On hand; below zero when goods are owed."""
        return sum(layer.quantity for layer in self.layers) - sum(short.quantity for short in self.shortages)

    @property
    def amount(self) -> int:
        """Value of what is on hand; below zero, the provisional amount of what is owed."""
        return sum(layer.amount for layer in self.layers) - sum(short.amount for short in self.shortages)

    def take(self, quantity: int) -> list[Layer]:
        """Goods that are there, oldest first."""
        taken: list[Layer] = []
        while quantity > 0:
            oldest = self.layers[0]
            taken.append(oldest.take(min(quantity, oldest.quantity)))
            if oldest.quantity == 0:
                self.layers.popleft()
            quantity -= taken[-1].quantity
            self.last_cost = taken[-1].unit_cost
        return taken

    def join(self, layer: Layer) -> Layer | None:
        """Puts goods at the end of the queue, or into the average; the layer if it still stands alone."""
        if self.method != AVERAGE:
            self.layers.append(layer)
            return layer
        quantity, amount = self.quantity + layer.quantity, self.amount + layer.amount
        self.layers = deque([Layer(quantity, amount, (amount, quantity), NO_ROW)])
        return None


@dataclass
class Issue:
    """What an OUT or MOVE took, as trued up so far, and what came back of it."""

    quantity: int
    amount: int
    returned_quantity: int = 0
    returned_amount: int = 0


class Accountant:
    """Replays legs one by one and writes down what happens."""

    def __init__(self, legs: Legs) -> None:
        self.legs = legs
        self.cells = [Cell(int(method)) for method in legs.cell_method]
        self.issues: dict[int, Issue] = {}
        self.status = [0] * len(legs.op)
        self.valued: list[Row] = []
        self.takes: list[Row] = []
        self.true_ups: list[Row] = []
        self.turnover = (0, 0)  # of the pool: quantity, amount

    def replay(self) -> Replay:
        """Values every leg of every pool."""
        for first, end in zip(self.legs.pool_offsets[:-1], self.legs.pool_offsets[1:], strict=True):
            self.turnover = (0, 0)
            for leg in range(int(first), int(end)):
                self.valued.append((self.value_leg(leg), *self.balances(leg)))
        amount, units_from, amount_from, units_to, amount_to = columns(self.valued, 5)
        status, takes, true_ups = np.array(self.status, np.int32), columns(self.takes, 4), columns(self.true_ups, 5)
        layers = [(c, x.origin, x.quantity, x.amount) for c, cell in enumerate(self.cells) for x in cell.layers]
        shortages = [(c, x.issue, x.quantity, x.amount) for c, cell in enumerate(self.cells) for x in cell.shortages]
        left = OpenLayers(*columns(layers, 4)), OpenShortages(*columns(shortages, 4))
        after = units_from, amount_from, units_to, amount_to
        return Replay(amount, *after, status, Takes(*takes), TrueUps(*true_ups), *left)

    def value_leg(self, leg: int) -> int:
        """Carries out one leg; the amount that it moved."""
        op, quantity, value = int(self.legs.op[leg]), int(self.legs.quantity[leg]), int(self.legs.value[leg])
        if op in (OUT, MOVE):
            return self.issue(leg, quantity)
        if op == RETURN:
            return self.take_back(leg, quantity)
        if value != NO_VALUE:
            return self.arrive(leg, quantity, value)
        amount = self.assumed_amount(leg, quantity)
        if not self.status[leg] & NO_COST:
            self.status[leg] |= COST_ASSUMED
        return self.arrive(leg, quantity, amount)

    def balances(self, leg: int) -> Row:
        """Quantity and amount of the leg's cells right after it."""
        cells = (int(self.legs.cell_from[leg]), int(self.legs.cell_to[leg]))
        pairs = [(self.cells[cell].quantity, self.cells[cell].amount) if cell >= 0 else (0, 0) for cell in cells]
        return (*pairs[0], *pairs[1])

    def issue(self, leg: int, quantity: int) -> int:
        """Goods leave a cell, for good or for another cell; what is missing leaves at a provisional cost."""
        cell = self.cells[int(self.legs.cell_from[leg])]
        on_hand, worth = max(cell.quantity, 0), max(cell.amount, 0)
        missing, provisional, unit_cost = max(quantity - on_hand, 0), 0, (0, 1)
        if missing:
            self.status[leg] |= NEGATIVE_ON_HAND
            unit_cost = self.unit_cost(leg, cell, cell.layers[-1].unit_cost if cell.layers else None)
            provisional = half_up(missing * unit_cost[0], unit_cost[1])
        if self.refuses(leg, quantity, worth + provisional, provisional):
            return 0
        taken = cell.take(quantity - missing)
        self.takes += [(leg, layer.origin, layer.quantity, layer.amount) for layer in taken]
        amount = sum(layer.amount for layer in taken) + provisional
        self.turnover = (self.turnover[0] + quantity, self.turnover[1] + amount)
        self.issues[leg] = Issue(quantity, amount)
        if missing:
            taken.append(Layer(missing, provisional, unit_cost, NO_ROW))
        became = None
        if self.legs.op[leg] == MOVE:
            for layer in taken:
                became = self.deliver(leg, int(self.legs.cell_to[leg]), layer)
        if missing:
            cell.shortages.append(Shortage(leg, missing, provisional, became, (provisional, missing)))
        return amount

    def take_back(self, leg: int, quantity: int) -> int:
        """Goods of an earlier issue come back: at its cost as far as it reaches, beyond that at the cell's."""
        source = int(self.legs.source[leg])
        issue = self.issues.get(source, Issue(0, 0))
        within = min(quantity, issue.quantity - issue.returned_quantity)
        beyond = quantity - within
        if beyond:
            self.status[leg] |= RETURN_WITHOUT_SOURCE if source == NO_ROW else RETURN_EXCEEDS_SOURCE
        share = 0
        if within:
            due = half_up(issue.amount * (issue.returned_quantity + within), issue.quantity)
            share = max(due - issue.returned_amount, 0)
        extra = self.assumed_amount(leg, beyond) if beyond else 0
        amount = self.arrive(leg, quantity, share + extra, extra)
        if not self.status[leg] & OVERFLOW_REFUSED:
            issue.returned_quantity += within
            issue.returned_amount += share
        return amount

    def arrive(self, leg: int, quantity: int, amount: int, product: int = 0) -> int:
        """Goods arrive from outside as one layer."""
        if self.refuses(leg, quantity, amount, product):
            return 0
        self.turnover = (self.turnover[0] + quantity, self.turnover[1] + amount)
        self.deliver(leg, int(self.legs.cell_to[leg]), Layer(quantity, amount, (amount, quantity), leg))
        return amount

    def deliver(self, leg: int, place: int, layer: Layer) -> Layer | None:
        """Goods reach a cell: what it owes is settled first, oldest first; the rest joins the queue."""
        cell = self.cells[place]
        if cell.method == AVERAGE:
            layer.origin = NO_ROW
        while layer.quantity and cell.shortages:
            self.cover(leg, cell, layer)
        return cell.join(layer) if layer.quantity else None

    def cover(self, leg: int, cell: Cell, layer: Layer) -> None:
        """The oldest shortage gets its goods: their cost takes the place of the provisional one."""
        shortage = cell.shortages[0]
        goods = layer.take(min(layer.quantity, shortage.quantity))
        self.takes.append((shortage.issue, goods.origin, goods.quantity, goods.amount))
        difference = goods.amount - shortage.release(goods.quantity)
        cell.last_cost = goods.unit_cost
        if shortage.quantity == 0:
            cell.shortages.popleft()
        if difference:
            self.issues[shortage.issue].amount += difference
            placed = self.place(leg, shortage, difference) if self.legs.op[shortage.issue] == MOVE else 0
            self.true_ups.append((shortage.issue, leg, goods.quantity, difference, placed))

    def place(self, leg: int, shortage: Shortage, difference: int) -> int:
        """A move's true-up follows the goods: to the layer they became, else to the first there; never below zero."""
        cell, placed = self.cells[int(self.legs.cell_to[shortage.issue])], 0
        if cell.layers:
            still_there = any(layer is shortage.became for layer in cell.layers)
            layer = shortage.became if shortage.became and still_there else cell.layers[0]
            placed = max(difference, -layer.amount)
            layer.amount += placed
            layer.unit_cost = (layer.amount, layer.quantity)
        if placed != difference:
            self.status[leg] |= TRUE_UP_UNPLACED
        return placed

    def assumed_amount(self, leg: int, quantity: int) -> int:
        """Amount of goods that arrive without a cost of their own."""
        cell = self.cells[int(self.legs.cell_to[leg])]
        unit_cost = self.unit_cost(leg, cell, (cell.amount, cell.quantity) if cell.layers else None)
        return half_up(quantity * unit_cost[0], unit_cost[1])

    def unit_cost(self, leg: int, cell: Cell, stock: UnitCost | None) -> UnitCost:
        """The stock's unit cost, else the last known of the cell, else the standard, else zero."""
        if known := stock or cell.last_cost:
            return known
        if self.legs.standard[leg] >= 0:
            return int(self.legs.standard[leg]), standard_divisor(self.legs.scale)
        self.status[leg] |= NO_COST
        return 0, 1

    def refuses(self, leg: int, quantity: int, amount: int, product: int) -> bool:
        """Whether a leg, or a product in it, would take the pool beyond the bounds; then it moves nothing."""
        if max(self.turnover[0] + quantity, self.turnover[1] + amount, product) > LIMIT:
            self.status[leg] = OVERFLOW_REFUSED
        return self.status[leg] == OVERFLOW_REFUSED


def columns(rows: Sequence[Row], width: int) -> tuple[Int64s, ...]:
    """Rows as int64 columns."""
    return tuple(np.array(rows, np.int64).reshape(-1, width).T)


def replay(legs: Legs) -> Replay:
    """Values every leg in its order, like `kernel.replay`, slowly."""
    return Accountant(legs).replay()
