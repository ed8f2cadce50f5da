"""The twin's cells, in plain Python: queues of layers and shortages as a person would keep them on cards."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from tieout.costing.events import AVERAGE, LIFO, NO_ROW, STANDARD
from tieout.costing.rounding import half_up

UnitCost = tuple[int, int]  # amount for a quantity, never divided


def share(amount: int, part: int, whole: int) -> int:
    """Amount × part ÷ whole, half away from zero."""
    return half_up(amount * part, whole) if amount >= 0 else -half_up(-amount * part, whole)


@dataclass(eq=False)
class Layer:
    """Goods with their own value. `unit_cost` is what they were worth when they came or were last revalued.

    `brought_by` is the leg that brought them where they are, none of a pool.
    """

    quantity: int
    amount: int
    unit_cost: UnitCost
    origin: int
    brought_by: int = NO_ROW

    def take(self, quantity: int) -> "Layer":
        """Part of the layer with its share of what is left; the last units take all that is left."""
        return self.give(quantity, half_up(self.amount * quantity, self.quantity))

    def give(self, quantity: int, amount: int) -> "Layer":
        """Part of the layer at this amount."""
        self.quantity -= quantity
        self.amount -= amount
        return Layer(quantity, amount, self.unit_cost, self.origin)

    def add(self, amount: int) -> int:
        """A signed amount on top, which never takes the layer below zero; what found a place."""
        placed = max(amount, -self.amount)
        self.amount += placed
        self.unit_cost = (self.amount, self.quantity)
        return placed


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
    """A place where layers queue, oldest first whatever the method, and its last known unit cost."""

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

    @property
    def is_pool(self) -> bool:
        """Whether all goods are one layer."""
        return self.method in (AVERAGE, STANDARD)

    def leaving(self) -> list[Layer]:
        """The layers in the order in which they leave."""
        return list(reversed(self.layers)) if self.method == LIFO else list(self.layers)

    def take(self, quantity: int, named: int = NO_ROW) -> list[Layer]:
        """Goods that are there: first those of the origin that is named, if layers have one, then by method."""
        order = self.leaving()
        if named != NO_ROW and not self.is_pool:
            order.sort(key=lambda layer: layer.origin != named)
        taken: list[Layer] = []
        for layer in order:
            if quantity > 0:
                taken.append(layer.take(min(quantity, layer.quantity)))
                quantity -= taken[-1].quantity
                self.last_cost = taken[-1].unit_cost
        self.layers = deque(layer for layer in self.layers if layer.quantity)
        return taken

    def take_of_each(self, quantity: int) -> list[Layer]:
        """Goods that are there at the unit cost of all of them: a part of every layer, rounded cumulatively.

        A layer gives all of its amount with the last of its goods, and none without goods.
        """
        on_hand, reached, worth, amount, taken = self.quantity, 0, 0, 0, list[Layer]()
        for layer in self.leaving():
            reached, worth, part = reached + layer.quantity, worth + layer.amount, layer.amount
            units = half_up(reached * quantity, on_hand) - sum(goods.quantity for goods in taken)
            if units < layer.quantity:
                part = min(max(half_up(worth * quantity, on_hand) - amount, 0), part)
            if units:
                taken.append(layer.give(units, part))
                amount += part
                self.last_cost = layer.unit_cost
        self.layers = deque(layer for layer in self.layers if layer.quantity)
        return taken

    def keep(self, amount: int, origin: int) -> None:
        """A cost stays with what is left of an origin; if nothing is, with all that is there."""
        named = [layer for layer in self.leaving() if layer.origin == origin != NO_ROW] or self.leaving()
        spread_by_quantity(named, amount, sum(layer.quantity for layer in named))

    def join(self, layer: Layer, leaves_next: bool) -> Layer | None:
        """Puts goods into the queue as the newest, or as those that leave next; the layer if it still stands alone."""
        if self.is_pool:
            self.layers.append(layer)
            self.merge()
            return None
        if leaves_next and self.method != LIFO:
            self.layers.appendleft(layer)
        else:
            self.layers.append(layer)
        return layer

    def merge(self) -> None:
        """Makes one layer of all."""
        quantity, amount = self.quantity, self.amount
        self.layers = deque([Layer(quantity, amount, (amount, quantity), NO_ROW)])

    def change_method(self, method: int) -> None:
        """Goes on by another method; goods keep their value."""
        self.method = method
        if self.layers and self.is_pool:
            self.merge()

    def spread(self, amount: int) -> int:
        """Shares a signed amount over the layers by quantity; what found a place: all that takes none below zero."""
        amount = max(amount, -self.amount) if self.layers else 0
        rest = amount - spread_by_quantity(self.leaving(), amount, self.quantity)
        for layer in self.leaving():
            if rest:
                rest -= layer.add(rest)
        return amount


def spread_by_quantity(layers: Iterable[Layer], amount: int, whole: int) -> int:
    """Gives each layer its share of an amount for a whole quantity, rounded cumulatively; what found a place."""
    placed = reached = 0
    for layer in layers:
        reached += layer.quantity
        placed += layer.add(share(amount, reached, whole) - placed)
    return placed
