"""What FIFO would have left of each receipt: how late costs are shared by LAYERS where an average keeps no layers.

The shadow is a replay of the same legs by FIFO, in which every late cost is as many minor units as its receipt had
1/10,000 units: what finds a place is then the quantity that is left.
"""

from dataclasses import replace

import numpy as np

from tieout.costing.events import ADD, AUTO, AVERAGE, FIFO, LAYERS, NO_ROW, SWITCH, Legs, Replay


def needs_shadow(legs: Legs) -> bool:
    """Whether a late cost could ask for layers that its cell does not keep."""
    if legs.share_by != LAYERS or not np.any(legs.op == ADD):
        return False
    return bool(np.any(legs.cell_method == AVERAGE) or np.any((legs.op == SWITCH) & (legs.value == AVERAGE)))


def as_fifo(legs: Legs) -> Legs:
    """The legs of the shadow."""
    late = legs.op == ADD
    received = np.where(legs.source[late] >= 0, legs.quantity[legs.source[late]], 0)
    value = np.where((legs.op == SWITCH) & (legs.value == AVERAGE), FIFO, legs.value)
    value[late] = np.maximum(received, 0)
    method = np.where(legs.cell_method == AVERAGE, FIFO, legs.cell_method).astype(np.int8)
    return replace(legs, value=value, cell_method=method, share_by=AUTO)


def with_what_is_left(legs: Legs, shadow: Replay) -> Legs:
    """The legs, with how much is left of what each late cost is for, cell by cell."""
    late = shadow.placements.true_up == NO_ROW
    found = shadow.placements
    return replace(legs, left=np.column_stack((found.leg[late], found.cell[late], found.amount[late])))
