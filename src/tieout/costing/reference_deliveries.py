"""The twin's deliveries: goods reach a cell and settle what it owes, and what they prove to have cost follows them."""

from dataclasses import dataclass, field

import numpy as np

from tieout.costing.events import (
    GROUP_IN,
    GROUP_OUT,
    MOVE,
    NO_ROW,
    NO_STANDARD,
    OUT,
    OVERFLOW_REFUSED,
    RETURN,
    STANDARD,
    TRUE_UP_UNPLACED,
    Legs,
)
from tieout.costing.reference_cells import Cell, Layer, Shortage, share
from tieout.costing.reference_revaluing import Revaluer, Row


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


class Deliverer(Revaluer):
    """The issues, assemblies, takes and true-ups so far; brings goods into cells."""

    def __init__(self, legs: Legs) -> None:
        super().__init__(legs)
        self.issues: dict[int, Issue] = {}
        self.assemblies: dict[int, Assembly] = {}
        self.takes: list[Row] = []
        self.true_ups: list[Row] = []
        for leg in np.flatnonzero((legs.op == GROUP_OUT) | (legs.op == GROUP_IN)).tolist():
            assembly = self.assemblies.setdefault(int(legs.group[leg]), Assembly())
            if legs.op[leg] == GROUP_IN:
                assembly.weights.append(int(legs.weight[leg]))

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
        layer.brought_by = leg
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
            placed, carried = self.place(leg, shortage.issue, shortage.became, difference), 0
        else:
            placed, carried = self.follow_assembly(leg, self.assembly(shortage.issue), difference)
        if placed + carried != difference:
            self.status[leg] |= TRUE_UP_UNPLACED
        return placed, carried

    def follow_assembly(self, leg: int, assembly: Assembly, difference: int) -> tuple[int, int]:
        """A component's true-up goes to the products: those that are made, and those still to come."""
        before, placed, passed_on = assembly.pot, 0, 0
        assembly.pot += difference
        for product, (maker, layer) in enumerate(assembly.products):
            due = assembly.part(product, assembly.pot) - assembly.part(product, before)
            passed_on += due
            if due and self.status[maker] != OVERFLOW_REFUSED:
                placed += self.place(leg, maker, layer, due)
        return placed, difference - passed_on if len(assembly.products) < len(assembly.weights) else 0

    def place(self, leg: int, brought_by: int, became: Layer | None, amount: int) -> int:
        """An amount lands on the layer that goods became, else on the first one there; never below zero."""
        cell = self.cell_to(brought_by)
        if not cell.layers or cell.method == STANDARD:
            return 0
        still_there = any(layer is became for layer in cell.layers)
        placed = (became if became and still_there else cell.leaving()[0]).add(amount)
        self.note_placement(leg, len(self.true_ups), int(self.legs.cell_to[brought_by]), placed)
        return placed

    def assembly(self, leg: int) -> Assembly:
        """The assembly of a GROUP_OUT or GROUP_IN."""
        return self.assemblies[int(self.legs.group[leg])]
