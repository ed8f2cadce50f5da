"""What every movement of goods is worth, first in, first out, to the cent: the demo's own valuation.

It shares nothing with the engine that will be judged by it, and is written to be read: one plain pass over the legs.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Pool = tuple[str, ...]


@dataclass(slots=True)
class Leg:
    """One article that moves in one event, out of one pool and into another; ``None`` is the world outside.

    ``gives_back``: the leg of the sale whose share comes back. ``made_of``: the legs of an assembly's components.
    """

    event_id: str
    kind: str
    sku: str
    quantity: int
    source: Pool | None
    target: Pool | None
    occurred_at: int
    recorded_at: int
    receipt_id: str | None = None
    gives_back: int | None = None
    made_of: tuple[int, ...] = ()
    is_damaged: bool = False


@dataclass(slots=True)
class Layer:
    """Units that came in together, and what they are worth."""

    units: int
    cents: int
    receipt_id: str | None


@dataclass(slots=True)
class Debt:
    """Units that left before they came in, at an estimate."""

    leg: int
    units: int
    cents: int


@dataclass(slots=True)
class Queue:
    """The layers of one pool, oldest first; ``debts`` only where there are none."""

    layers: deque[Layer] = field(default_factory=deque)
    debts: deque[Debt] = field(default_factory=deque)
    units: int = 0
    cents: int = 0
    last: tuple[int, int] = (0, 1)

    def take(self, quantity: int, leg: int, receipt_id: str | None = None) -> list[Layer]:
        """Remove units: first of the receipt that is named, then the oldest; what is not there at the last cost."""
        taken = []
        while quantity and self.layers:
            named = (layer for layer in self.layers if layer.receipt_id == receipt_id)
            layer = next(named, self.layers[0]) if receipt_id else self.layers[0]
            part = self._take_from(layer, min(quantity, layer.units))
            quantity -= part.units
            taken.append(part)
        if quantity:
            estimate = share(self.last[0], quantity, self.last[1])
            self.debts.append(Debt(leg, quantity, estimate))
            self.units -= quantity
            self.cents -= estimate
            taken.append(Layer(quantity, estimate, None))
        return taken

    def _take_from(self, layer: Layer, quantity: int) -> Layer:
        cents = share(layer.cents, quantity, layer.units)
        layer.units -= quantity
        layer.cents -= cents
        if not layer.units:
            self.layers.remove(layer)
        self.units -= quantity
        self.cents -= cents
        self.last = (cents, quantity)
        return Layer(quantity, cents, layer.receipt_id)

    def put(self, layer: Layer) -> list[tuple[int, int]]:
        """Add a layer at the end, once it has covered what was owed; gives legs and their cost beyond the estimate."""
        true_ups = []
        while self.debts and layer.units:
            debt = self.debts[0]
            units = min(debt.units, layer.units)
            cost, estimate = share(layer.cents, units, layer.units), share(debt.cents, units, debt.units)
            layer.units, layer.cents = layer.units - units, layer.cents - cost
            debt.units, debt.cents = debt.units - units, debt.cents - estimate
            self.units += units
            self.cents += estimate
            true_ups.append((debt.leg, cost - estimate))
            if not debt.units:
                self.debts.popleft()
        if layer.units:
            self.layers.append(layer)
            self.units += layer.units
            self.cents += layer.cents
        return true_ups


@dataclass(frozen=True, slots=True)
class Valued:
    """Per leg: its value, and what its pool held just before. ``true_ups``: leg, the leg that came in, cents more.

    ``short``: the articles that left before they came in.
    """

    value: list[int]
    units_before: list[int]
    cents_before: list[int]
    true_ups: list[tuple[int, int, int]]
    short: set[str]


def share(total: int, part: int, whole: int) -> int:
    """``total * part / whole``, rounded half up, away from zero."""
    sign = -1 if total < 0 else 1
    return sign * ((2 * abs(total) * part + whole) // (2 * whole))


def legs_of(
    events: Iterable[Mapping[str, Any]], parts_of: Callable[[str, int], Sequence[tuple[str, int]]]
) -> list[Leg]:
    """The legs of stock events, which come in time order; ``parts_of`` gives what one unit of an item consists of.

    Goods of others have none: they are never valued.
    """
    legs: list[Leg] = []
    sold: dict[tuple[str, str], int] = {}
    sold_at: dict[str, int] = {}
    used: defaultdict[str, list[int]] = defaultdict(list)
    for event in events:
        if event["owner"] != "own":
            continue
        kind, document = event["type"], event["document"]
        sale: str = event["source_event_id"] if kind == "customer_return" else ""
        if kind == "shipment":
            sold_at[event["event_id"]] = event["occurred_at"]
        for sku, units in parts_of(event["sku"], sold_at.get(sale, event["occurred_at"])):
            if kind == "shipment":
                sold[event["event_id"], sku] = len(legs)
            if kind == "assembly_out":
                used[document].append(len(legs))
            legs.append(Leg(
                event["event_id"], kind, sku, event["quantity"] * units,
                _pool(sku, event["from_location"], document), _pool(sku, event["to_location"], document),
                event["occurred_at"], event["recorded_at"],
                event["source_event_id"] if kind == "vendor_return" else None,
                sold[sale, sku] if sale else None, tuple(used[document]) if kind == "assembly_in" else (),
                event["disposition"] == "damaged",
            ))  # fmt: skip
    return legs


def _pool(sku: str, place: str, document: str | None) -> Pool | None:
    """Goods on the road are held by truck."""
    if not place:
        return None
    return (sku, place, document or "") if place == "ROAD" else (sku, place)


def value(
    legs: Sequence[Leg], worth: Mapping[str, int], labour: int, order: Iterable[int] | None = None, *,
    is_one_pool: bool = False, is_average: bool = False,
) -> Valued:  # fmt: skip
    """Value legs in an order (theirs, if none is given). ``worth``: cents of what openings and receipts brought.

    ``labour``: cents added to a unit that is put together. ``is_one_pool``: one pool an item, wherever it lies.
    ``is_average``: a pool has one cost, the average of all that came in.
    """
    queues: defaultdict[Pool, Queue] = defaultdict(Queue)
    done = Valued([0] * len(legs), [0] * len(legs), [0] * len(legs), [], set())
    given_back = [0] * len(legs)
    corrected: defaultdict[int, int] = defaultdict(int)
    for number in range(len(legs)) if order is None else order:
        leg = legs[number]
        source, target = leg.source, leg.target
        if is_one_pool:
            if source and target:
                continue
            source, target = source and (leg.sku,), target and (leg.sku,)
        near = queues[source or target or ()]
        done.units_before[number], done.cents_before[number] = near.units, near.cents
        if source:
            moved = near.take(leg.quantity, number, leg.receipt_id)
            if near.debts:
                done.short.add(leg.sku)
        elif leg.gives_back is not None:
            sale = leg.gives_back
            total, before = done.value[sale] + corrected[sale], given_back[sale]
            given_back[sale] += leg.quantity
            back = share(total, given_back[sale], legs[sale].quantity) - share(total, before, legs[sale].quantity)
            moved = [Layer(leg.quantity, back, leg.event_id)]
        else:
            moved = [Layer(leg.quantity, _brought(leg, near, worth, labour, done), leg.event_id)]
        done.value[number] = sum(layer.cents for layer in moved)
        if target and not leg.is_damaged:
            for layer in _merged(queues[target], moved, leg) if is_average else moved:
                for late, more in queues[target].put(Layer(layer.units, layer.cents, layer.receipt_id)):
                    corrected[late] += more
                    done.true_ups.append((late, number, more))
    return done


def _brought(leg: Leg, pool: Queue, worth: Mapping[str, int], labour: int, done: Valued) -> int:
    if leg.made_of:
        return sum(done.value[part] for part in leg.made_of) + labour * leg.quantity
    if leg.event_id in worth:
        return worth[leg.event_id]
    cents, units = (pool.cents, pool.units) if pool.units > 0 else pool.last
    return share(cents, leg.quantity, units)


def _merged(pool: Queue, moved: Sequence[Layer], leg: Leg) -> list[Layer]:
    """What came in joined with all that is there, as one layer."""
    units, cents = sum(layer.units for layer in moved), sum(layer.cents for layer in moved)
    for layer in pool.layers:
        units, cents = units + layer.units, cents + layer.cents
    pool.units -= sum(layer.units for layer in pool.layers)
    pool.cents -= sum(layer.cents for layer in pool.layers)
    pool.layers.clear()
    return [Layer(units, cents, leg.event_id)]
