"""The twin's books: cells, what goods without a cost are worth, and legs that change values without moving goods."""

import numpy as np

from tieout.costing.events import (
    LAYERS,
    LIMIT,
    MOVE,
    NO_COST,
    NO_ROW,
    NO_STANDARD,
    NO_VALUE,
    OVERFLOW_REFUSED,
    POOL,
    REVALUED_IN_PART,
    REVALUED_NOTHING,
    STANDARD,
    Legs,
    standard_divisor,
)
from tieout.costing.reference_cells import Cell, Layer, UnitCost, share, spread_by_quantity
from tieout.costing.rounding import half_up

Row = tuple[int, ...]


class Revaluer:
    """The cells and the results so far; carries out ADD, REVALUE and SWITCH."""

    def __init__(self, legs: Legs) -> None:
        self.legs = legs
        self.cells = [Cell(int(method)) for method in legs.cell_method]
        self.status = [0] * len(legs.op)
        self.variance = [0] * len(legs.op)
        self.placed = [0] * len(legs.op)
        self.placements: list[Row] = []
        self.turnover = (0, 0)  # of the pool: quantity, amount
        self.moves = {frozenset(ends) for ends in zip(*self.ends_of_moves(), strict=True)}

    def ends_of_moves(self) -> tuple[list[int], list[int]]:
        """The cells from and to which goods move."""
        moves = np.flatnonzero(self.legs.op == MOVE)
        return self.legs.cell_from[moves].tolist(), self.legs.cell_to[moves].tolist()

    def joined(self, cell: int) -> list[int]:
        """The cells that moves join with this one: it first, then those after it by number, then those before it."""
        found, more = {cell}, {cell}
        while more:
            more = {end for ends in self.moves if ends & more for end in ends} - found
            found |= more
        return sorted(found, key=lambda other: (other < cell, other))

    def add_cost(self, leg: int, amount: int) -> int:
        """A cost of goods received or moved earlier: what is left of them carries its part."""
        place, source = int(self.legs.cell_to[leg]), int(self.legs.source[leg])
        cell, cells = self.cells[place], [place]
        if self.refuses(leg, 0, abs(amount), 0):
            return 0
        self.turn_over(0, abs(amount))
        received = int(self.legs.quantity[source]) if source >= 0 else 0
        if received <= 0 or cell.method == STANDARD:
            return amount
        by_pool = self.legs.share_by == POOL or cell.is_pool
        if not by_pool and self.legs.op[source] != MOVE:
            cells = self.joined(place)
        before = [self.cells[other].amount for other in cells]
        if by_pool and self.legs.share_by == LAYERS:
            return self.add_to_pools(leg, received, amount)
        if by_pool:
            there = min(max(cell.quantity, 0), received)
            self.placed[leg] = cell.spread(share(amount, there, received)) if there else 0
        else:
            self.placed[leg] = spread_by_quantity(self.left_of(source, cells), amount, received)
        for other, worth in zip(cells, before, strict=True):
            self.note_placement(leg, NO_ROW, other, self.cells[other].amount - worth)
        return amount

    def add_to_pools(self, leg: int, received: int, amount: int) -> int:
        """A late cost goes to the pools that hold what is left of its goods."""
        reached = 0
        for _, place, left in self.legs.left[self.legs.left[:, 0] == leg].tolist():
            cell = self.cells[place]
            there = min(max(cell.quantity, 0), left)
            if there and cell.method != STANDARD:
                reached += there
                part = cell.spread(share(amount, reached, received) - self.placed[leg])
                self.note_placement(leg, NO_ROW, place, part)
                self.placed[leg] += part
        return amount

    def left_of(self, source: int, cells: list[int]) -> list[Layer]:
        """What is left in these cells of goods received, or brought there by a move."""
        layers = [layer for cell in cells for layer in self.cells[cell].leaving()]
        if self.legs.op[source] == MOVE:
            return [layer for layer in layers if layer.brought_by == source]
        return [layer for layer in layers if layer.origin == source]

    def note_placement(self, leg: int, true_up: int, cell: int, amount: int) -> None:
        """How much of a late cost, or of a true-up that this leg caused, a cell's stock gained, if anything."""
        if amount:
            self.placements.append((leg, true_up, cell, amount))

    def revalue(self, leg: int, change: int) -> int:
        """A new unit cost for the stock of a cell, or an amount on top; what the stock gained."""
        cell, standard = self.cell_to(leg), None
        worth = cell.amount
        anew = change == NO_VALUE
        if anew:
            standard = self.at_standard(leg, max(cell.quantity, 0))
            change = (standard or 0) - worth
        if not cell.layers or (anew and standard is None):
            self.status[leg] |= REVALUED_NOTHING
            return 0
        gained = max(change, -worth)
        if self.refuses(leg, 0, abs(gained), standard or 0):
            return 0
        self.turn_over(0, abs(gained))
        if standard is not None:
            cell.spread(-worth)
            cell.spread(standard)
        else:
            cell.spread(gained)
        self.status[leg] |= REVALUED_IN_PART if gained != change else 0
        return gained

    def switch(self, leg: int, method: int) -> int:
        """Another method from here on; only the step to a standard cost changes what the stock is worth."""
        cell = self.cell_to(leg)
        if cell.layers and method == STANDARD:
            worth, standard = cell.amount, self.at_standard(leg, cell.quantity)
            difference = 0 if standard is None else worth - standard
            if self.refuses(leg, 0, abs(difference), standard or 0):
                return 0
            self.turn_over(0, abs(difference))
            self.status[leg] |= NO_STANDARD if standard is None else 0
            self.variance[leg] = difference
            cell.spread(-difference)
        cell.change_method(method)
        return 0

    def cell_from(self, leg: int) -> Cell:
        """The cell that the leg's goods leave."""
        return self.cells[int(self.legs.cell_from[leg])]

    def cell_to(self, leg: int) -> Cell:
        """The cell that the leg's goods reach."""
        return self.cells[int(self.legs.cell_to[leg])]

    def assumed_amount(self, leg: int, quantity: int) -> int:
        """Amount of goods that arrive without a cost of their own."""
        cell = self.cell_to(leg)
        unit_cost = self.unit_cost(leg, cell, (cell.amount, cell.quantity) if cell.layers else None)
        return half_up(quantity * unit_cost[0], unit_cost[1])

    def unit_cost(self, leg: int, cell: Cell, stock: UnitCost | None) -> UnitCost:
        """The stock's unit cost, else the last known of the cell, else the standard, else zero.

        A STANDARD cell asks for the standard first.
        """
        standard = int(self.legs.standard[leg])
        at_standard = (standard, standard_divisor(self.legs.scale)) if standard >= 0 else None
        known = stock or cell.last_cost
        if found := (at_standard or known) if cell.method == STANDARD else (known or at_standard):
            return found
        self.status[leg] |= NO_COST
        return 0, 1

    def at_standard(self, leg: int, quantity: int) -> int | None:
        """Amount of goods at the leg's standard cost, if that is known."""
        standard = int(self.legs.standard[leg])
        return half_up(quantity * standard, standard_divisor(self.legs.scale)) if standard >= 0 else None

    def turn_over(self, quantity: int, amount: int) -> None:
        """Counts a leg into its pool's turnover."""
        self.turnover = (self.turnover[0] + quantity, self.turnover[1] + amount)

    def refuses(self, leg: int, quantity: int, amount: int, product: int) -> bool:
        """Whether a leg, or a product in it, would take the pool beyond the bounds; then it moves nothing."""
        if max(self.turnover[0] + quantity, self.turnover[1] + amount, product) > LIMIT:
            self.status[leg] = OVERFLOW_REFUSED
        return self.status[leg] == OVERFLOW_REFUSED
