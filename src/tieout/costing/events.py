"""What goes into a replay of stock movements and what comes out: arrays and codes, shared by the kernel and its twin.

Quantities are int64 in 1/10,000 units, amounts int64 in minor currency units. A *leg* is a movement of stock. A *cell*
is a place where cost layers queue. A *pool* is a set of cells joined by moves; its legs stand together, in time order.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Int8s = npt.NDArray[np.int8]
Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]

# What a leg does
IN: Final = 1  # goods arrive from outside, with a value or without
OUT: Final = 2  # goods leave for good: an issue
MOVE: Final = 3  # goods change cells and keep their value
RETURN: Final = 4  # goods that an earlier issue took come back

# How a cell values what leaves it
FIFO: Final = 1
AVERAGE: Final = 2

# What was odd about a leg (bits of `Replay.status`)
NEGATIVE_ON_HAND: Final = 1  # took more than was there; the rest left at a provisional cost
NO_COST: Final = 2  # no cost was known from anywhere: zero
COST_ASSUMED: Final = 4  # inflow without a cost took that of the cell, the last known or the standard
RETURN_WITHOUT_SOURCE: Final = 8
RETURN_EXCEEDS_SOURCE: Final = 16  # more came back than the issue had taken
OVERFLOW_REFUSED: Final = 32  # beyond `LIMIT`: the leg moved nothing
TRUE_UP_UNPLACED: Final = 64  # covering leg: a move's true-up found no stock to settle on (`TrueUps.placed`)

NO_VALUE: Final = -(2**63)  # inflow without a cost of its own
NO_ROW: Final = -1  # no cell, no source, no origin, no standard cost

# A pool's turnover, the sum of all its legs' quantities or amounts. No balance, layer or issue of the pool can exceed
# twice its turnover, true-ups included, so below this limit no sum ever leaves int64.
LIMIT: Final = 2**61


@dataclass(frozen=True)
class Legs:
    """Stock movements, sorted by (pool, total order). Arrays of length n unless said otherwise.

    op            int8   IN, OUT, MOVE or RETURN
    cell_from     int64  OUT and MOVE, else -1
    cell_to       int64  IN, MOVE and RETURN, else -1; a move needs two different cells
    quantity      int64  > 0
    value         int64  IN: value of the inflow >= 0, or NO_VALUE; ignored elsewhere
    source        int64  RETURN: row of the issue that it takes back, earlier and in the same pool, else -1
    standard      int64  the sku's standard unit cost in 1/1,000,000 currency units, -1 unknown
    pool_offsets  int64  [P + 1]; pool p is rows pool_offsets[p]:pool_offsets[p + 1] and shares no cell with another
    cell_method   int8   [C]; FIFO or AVERAGE
    scale         decimals of the currency, 0..4

    Raises ValueError that names the column and the first row which breaks one of these rules.
    """

    op: Int8s
    cell_from: Int64s
    cell_to: Int64s
    quantity: Int64s
    value: Int64s
    source: Int64s
    standard: Int64s
    pool_offsets: Int64s
    cell_method: Int8s
    scale: int

    def __post_init__(self) -> None:
        self._check_shapes()
        receives, issues = self.op != OUT, (self.op == OUT) | (self.op == MOVE)
        sends, takes_in = _within(self.cell_from, len(self.cell_method)), _within(self.cell_to, len(self.cell_method))
        _check("op", (self.op >= IN) & (self.op <= RETURN))
        _check("cell_from", np.where(issues, sends, self.cell_from == NO_ROW))
        _check("cell_to", np.where(receives, takes_in, self.cell_to == NO_ROW))
        _check("cell_to", self.cell_to != self.cell_from)
        _check("quantity", self.quantity > 0)
        _check("value", (self.op != IN) | (self.value >= 0) | (self.value == NO_VALUE))
        _check("source", (self.source >= NO_ROW) & (self.source < np.arange(len(self.op))))
        _check("standard", self.standard >= NO_ROW)
        _check("cell_method", (self.cell_method == FIFO) | (self.cell_method == AVERAGE))

    def _check_shapes(self) -> None:
        for name in ("cell_from", "cell_to", "quantity", "value", "source", "standard"):
            column = getattr(self, name)
            if column.dtype != np.int64 or column.shape != self.op.shape:
                raise ValueError(f"legs.{name} must be int64 with one entry per leg, not {column.dtype}{column.shape}")
        if self.op.dtype != np.int8 or self.cell_method.dtype != np.int8 or self.pool_offsets.dtype != np.int64:
            raise ValueError("legs.op and legs.cell_method must be int8, legs.pool_offsets int64")
        offsets = self.pool_offsets
        if len(offsets) == 0 or offsets[0] != 0 or offsets[-1] != len(self.op) or np.any(np.diff(offsets) < 0):
            raise ValueError("legs.pool_offsets must rise from 0 to the number of legs")
        if not 0 <= self.scale <= 4:
            raise ValueError(f"legs.scale must be 0 to 4 decimals, not {self.scale}")


def _within(cell: Int64s, cells: int) -> npt.NDArray[np.bool_]:
    return (cell >= 0) & (cell < cells)


def _check(column: str, holds: npt.NDArray[np.bool_]) -> None:
    if not holds.all():
        raise ValueError(f"legs.{column} breaks its rule in row {np.argmin(holds)}; see tieout.costing.events.Legs")


def standard_divisor(scale: int) -> int:
    """Divisor that turns quantity (1/10,000) × standard cost (1/1,000,000) into minor units of the currency."""
    return int(10 ** (10 - scale))


@dataclass(frozen=True)
class Takes:
    """What issues took from layers, in order of taking; units taken beyond stock follow when an inflow covers them.

    For each OUT or MOVE: amount + its true-ups = Σ takes + what is still an open shortage.
    """

    leg: Int64s  # the issue or move
    origin: Int64s  # IN or RETURN that funded the layer; -1 an average pool, or units moved before they were there
    quantity: Int64s
    amount: Int64s


@dataclass(frozen=True)
class TrueUps:
    """Corrections of provisional costs, dated by the covering leg: actual - provisional, never zero."""

    issue: Int64s  # the OUT or MOVE that went beyond stock
    covering: Int64s  # the inflow that brought the goods
    quantity: Int64s
    amount: Int64s  # signed; adds to what the issue took
    placed: Int64s  # of a MOVE: the part that its destination gained; 0 of an OUT


@dataclass(frozen=True)
class OpenLayers:
    """Layers left at the end, by cell and in queue order; an average cell has one."""

    cell: Int64s
    origin: Int64s  # as in `Takes`
    quantity: Int64s
    amount: Int64s


@dataclass(frozen=True)
class OpenShortages:
    """Issues beyond stock that nothing has covered, by cell, oldest first; on hand they count below zero."""

    cell: Int64s
    leg: Int64s
    quantity: Int64s
    amount: Int64s  # still provisional


@dataclass(frozen=True)
class Replay:
    """Every leg valued, and what is left.

    Per leg: the amount that it moved (>= 0, as known at its time), the balances of its cells right after it (0 where it
    has no cell) and its status bits. A true-up that settles in a third cell shows in that cell's next leg. Per pool
    Σ IN + Σ RETURN = Σ open layers - Σ open shortages + Σ OUT + Σ (true_ups.amount - true_ups.placed).
    """

    amount: Int64s
    from_quantity_after: Int64s
    from_amount_after: Int64s
    to_quantity_after: Int64s
    to_amount_after: Int64s
    status: Int32s
    takes: Takes
    true_ups: TrueUps
    open_layers: OpenLayers
    open_shortages: OpenShortages
