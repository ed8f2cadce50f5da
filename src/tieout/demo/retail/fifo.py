"""First in, first out per cost pool, to the penny: the sample's own valuation, shared with nothing.

One pass over the legs in time order. A layer holds units and pence; part of a layer leaves with its pence times the
units taken over its units, rounded half up; what empties a layer takes all that is left.
"""

from collections import deque
from dataclasses import dataclass

NOWHERE = -1


class Oversold(Exception):
    """A leg takes more units than its pool holds: the purchases were sized wrongly."""


@dataclass(frozen=True, slots=True)
class Legs:
    """Stock movements in time order, columns of equal length.

    A leg takes ``quantity`` units from pool ``out_of`` and puts them into pool ``into``; ``NOWHERE`` is the outside
    world. A leg from outside is worth ``worth`` pence, or its share of leg ``source`` if that is not ``NOWHERE``.
    """

    out_of: list[int]
    into: list[int]
    quantity: list[int]
    worth: list[int]
    source: list[int]


@dataclass(frozen=True, slots=True)
class Valued:
    """What each leg moved and what its pool held just before it (the pool taken from, else the pool filled)."""

    value: list[int]
    units_before: list[int]
    value_before: list[int]


Layer = tuple[int, int]


def share(value: int, part: int, whole: int) -> int:
    """``value * part / whole`` pence, rounded half up; all are >= 0."""
    return (2 * value * part + whole) // (2 * whole)


def take(queue: deque[Layer], quantity: int) -> list[Layer]:
    """Remove ``quantity`` units from the head of ``queue``; return the (units, pence) layers as taken."""
    taken = []
    while quantity:
        if not queue:
            raise Oversold(f"{quantity} units short")
        units, pence = queue.popleft()
        if units > quantity:
            part = share(pence, quantity, units)
            queue.appendleft((units - quantity, pence - part))
            units, pence = quantity, part
        taken.append((units, pence))
        quantity -= units
    return taken


def _returned(value: int, back: int, quantity: int, issued: int) -> int:
    """What ``quantity`` more units bring back of an issue after ``back`` units: all returns together bring back all."""
    return share(value, back + quantity, issued) - share(value, back, issued)


def replay(legs: Legs, pools: int) -> Valued:
    """Value every leg over ``pools`` empty pools. Raises Oversold if a pool would turn negative."""
    queues: list[deque[Layer]] = [deque() for _ in range(pools)]
    units_held, value_held = [0] * pools, [0] * pools
    returned = [0] * len(legs.quantity)
    valued = Valued([], [], [])
    for out_of, into, quantity, worth, source in zip(
        legs.out_of, legs.into, legs.quantity, legs.worth, legs.source, strict=True
    ):
        pool = into if out_of == NOWHERE else out_of
        valued.units_before.append(units_held[pool] if pool != NOWHERE else 0)
        valued.value_before.append(value_held[pool] if pool != NOWHERE else 0)
        if out_of != NOWHERE:
            moved = take(queues[out_of], quantity)
        elif source != NOWHERE:
            back, issued = returned[source], legs.quantity[source]
            returned[source] += quantity
            moved = [(quantity, _returned(valued.value[source], back, quantity, issued))]
        else:
            moved = [(quantity, worth)]
        pence = sum(layer[1] for layer in moved)
        valued.value.append(pence)
        if out_of != NOWHERE:
            units_held[out_of] -= quantity
            value_held[out_of] -= pence
        if into != NOWHERE:
            queues[into].extend(moved)
            units_held[into] += quantity
            value_held[into] += pence
    return valued
