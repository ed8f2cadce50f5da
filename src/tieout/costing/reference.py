"""The costing kernel once more, in plain Python: to be read, and to check `kernel.py` unit for unit.

All numbers are whole: quantities in 1/10,000 units, amounts in minor units of the currency. `reference_cells.py` keeps
the goods; here the legs are carried out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

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
    NO_STANDARD,
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
    TRUE_UP_UNPLACED,
    Int64s,
    Legs,
    OpenLayers,
    OpenShortages,
    Replay,
    Takes,
    TrueUps,
)
from tieout.costing.reference_cells import Cell, Layer, Shortage, share
from tieout.costing.reference_revaluing import Revaluer
from tieout.costing.rounding import half_up
from tieout.costing.shadow import as_fifo, needs_shadow, with_what_is_left

Row = tuple[int, ...]


@dataclass
class Issue:
    """What an OUT, MOVE or GROUP_OUT took, as trued up so far, and what came back of it."""

    quantity: int
    amount: int
    returned_quantity: int = 0
    returned_amount: int = 0


@dataclass
class Assembly:
    """What went in, as trued up so far, and the products that it has been shared over: (leg, layer)."""

    weights: list[int] = field(default_factory=list)
    pot: int = 0
    products: list[tuple[int, Layer | None]] = field(default_factory=list)

    def part(self, product: int, pot: int) -> int:
        """A product's part of the pot; all products together take all of it."""
        until, whole = sum(self.weights[: product + 1]), sum(self.weights)
        return share(pot, until, whole) - share(pot, until - self.weights[product], whole)


class Accountant(Revaluer):
    """Carries out legs one by one and writes down what happens."""

    def __init__(self, legs: Legs) -> None:
        super().__init__(legs)
        self.issues: dict[int, Issue] = {}
        self.assemblies: dict[int, Assembly] = {}
        self.valued: list[Row] = []
        self.takes: list[Row] = []
        self.true_ups: list[Row] = []
        for leg in np.flatnonzero((legs.op == GROUP_OUT) | (legs.op == GROUP_IN)).tolist():
            assembly = self.assemblies.setdefault(int(legs.group[leg]), Assembly())
            if legs.op[leg] == GROUP_IN:
                assembly.weights.append(int(legs.weight[leg]))

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
        apart = np.array(self.variance, np.int64), np.array(self.placed, np.int64)
        return Replay(amount, *after, status, Takes(*takes), TrueUps(*true_ups), *left, *apart)

    def value_leg(self, leg: int) -> int:
        """Carries out one leg; the amount that it moved."""
        op, quantity, value = int(self.legs.op[leg]), int(self.legs.quantity[leg]), int(self.legs.value[leg])
        if op in (OUT, MOVE, GROUP_OUT):
            return self.issue(leg, quantity)
        if op == RETURN:
            return self.take_back(leg, quantity)
        if op == GROUP_IN:
            return self.make(leg, quantity, 0 if value == NO_VALUE else value)
        if op == ADD:
            return self.add_cost(leg, value)
        if op == REVALUE:
            return self.revalue(leg, value)
        if op == SWITCH:
            return self.switch(leg, value)
        if value != NO_VALUE:
            return self.arrive(leg, quantity, value)[0]
        amount = self.assumed_amount(leg, quantity)
        if not self.status[leg] & NO_COST:
            self.status[leg] |= COST_ASSUMED
        return self.arrive(leg, quantity, amount)[0]

    def balances(self, leg: int) -> Row:
        """Quantity and amount of the leg's cells right after it."""
        cells = (int(self.legs.cell_from[leg]), int(self.legs.cell_to[leg]))
        pairs = [(self.cells[cell].quantity, self.cells[cell].amount) if cell >= 0 else (0, 0) for cell in cells]
        return (*pairs[0], *pairs[1])

    def issue(self, leg: int, quantity: int) -> int:
        """Goods leave a cell, for good or for another cell; what is missing leaves at a provisional cost."""
        cell, moves = self.cell_from(leg), self.legs.op[leg] == MOVE
        on_hand, worth = max(cell.quantity, 0), max(cell.amount, 0)
        missing, provisional, unit_cost = max(quantity - on_hand, 0), 0, (0, 1)
        if missing:
            self.status[leg] |= NEGATIVE_ON_HAND
            unit_cost = self.unit_cost(leg, cell, cell.leaving()[-1].unit_cost if cell.layers else None)
            provisional = half_up(missing * unit_cost[0], unit_cost[1])
        standard = self.at_standard(leg, quantity) if moves and self.cell_to(leg).method == STANDARD else None
        if self.refuses(leg, quantity, worth + provisional + (standard or 0), provisional):
            return 0
        named = max(int(self.legs.source[leg]), NO_ROW)
        taken = cell.take(quantity - missing, named)
        if cell.method == SPECIFIC and any(layer.origin != named or named == NO_ROW for layer in taken):
            self.status[leg] |= SPECIFIC_NOT_FOUND
        self.takes += [(leg, layer.origin, layer.quantity, layer.amount) for layer in taken]
        amount = sum(layer.amount for layer in taken) + provisional
        self.turn_over(quantity, amount + (standard or 0))
        self.issues[leg] = Issue(quantity, amount)
        if missing:
            taken.append(Layer(missing, provisional, unit_cost, NO_ROW))
        became = self.send(leg, taken, amount)
        if missing:
            cell.shortages.append(Shortage(leg, missing, provisional, became, (provisional, missing)))
        return amount

    def send(self, leg: int, goods: list[Layer], amount: int) -> Layer | None:
        """What an issue took goes into an assembly or to another cell; the layer that the last of it became there."""
        if self.legs.op[leg] == GROUP_OUT:
            self.assembly(leg).pot += amount
        if self.legs.op[leg] != MOVE:
            return None
        if self.cell_to(leg).method == STANDARD:
            goods = [self.entering(leg, int(self.legs.quantity[leg]), amount)]
        became = None
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

    def entering(self, leg: int, quantity: int, amount: int) -> Layer:
        """Goods at their own value, or at standard cost and the rest a variance."""
        own, standard = amount, self.at_standard(leg, quantity)
        if self.cell_to(leg).method == STANDARD:
            amount = own if standard is None else standard
            self.variance[leg] = own - amount
            self.status[leg] |= NO_STANDARD if standard is None else 0
        return Layer(quantity, amount, (amount, quantity), leg)

    def deliver(self, leg: int, layer: Layer) -> Layer | None:
        """Goods reach the leg's cell: what it owes is settled first, oldest first; the rest joins the queue."""
        cell = self.cell_to(leg)
        if cell.is_pool:
            layer.origin = NO_ROW
        while layer.quantity and cell.shortages:
            self.cover(leg, cell, layer)
        leaves_next = self.legs.op[leg] == RETURN and not self.legs.returns_at_end
        return cell.join(layer, leaves_next) if layer.quantity else None

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
            follows = self.follow(leg, shortage, difference) if self.legs.true_up_issues else (0, 0)
            self.true_ups.append((shortage.issue, leg, goods.quantity, difference, *follows))

    def follow(self, leg: int, shortage: Shortage, difference: int) -> tuple[int, int]:
        """A true-up follows the goods: what stock gained, and what products still to come will carry."""
        self.issues[shortage.issue].amount += difference
        if self.legs.op[shortage.issue] == OUT:
            return 0, 0
        if self.legs.op[shortage.issue] == MOVE:
            placed, carried = self.place(shortage.issue, shortage.became, difference), 0
        else:
            placed, carried = self.follow_assembly(self.assembly(shortage.issue), difference)
        if placed + carried != difference:
            self.status[leg] |= TRUE_UP_UNPLACED
        return placed, carried

    def follow_assembly(self, assembly: Assembly, difference: int) -> tuple[int, int]:
        """A component's true-up goes to the products: those that are made, and those still to come."""
        before, placed, passed_on = assembly.pot, 0, 0
        assembly.pot += difference
        for product, (maker, layer) in enumerate(assembly.products):
            due = assembly.part(product, assembly.pot) - assembly.part(product, before)
            passed_on += due
            if due and self.status[maker] != OVERFLOW_REFUSED:
                placed += self.place(maker, layer, due)
        return placed, difference - passed_on if len(assembly.products) < len(assembly.weights) else 0

    def place(self, brought_by: int, became: Layer | None, amount: int) -> int:
        """An amount lands on the layer that goods became, else on the first one there; never below zero."""
        cell = self.cell_to(brought_by)
        if not cell.layers or cell.method == STANDARD:
            return 0
        still_there = any(layer is became for layer in cell.layers)
        return (became if became and still_there else cell.leaving()[0]).add(amount)

    def assembly(self, leg: int) -> Assembly:
        """The assembly of a GROUP_OUT or GROUP_IN."""
        return self.assemblies[int(self.legs.group[leg])]


def columns(rows: Sequence[Row], width: int) -> tuple[Int64s, ...]:
    """Rows as int64 columns."""
    return tuple(np.array(rows, np.int64).reshape(-1, width).T)


def replay(legs: Legs) -> Replay:
    """Values every leg in its order, like `kernel.replay`, slowly."""
    if needs_shadow(legs):
        legs = with_what_is_left(legs, replay(as_fifo(legs)))
    return Accountant(legs).replay()
