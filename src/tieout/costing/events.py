"""What goes into a replay of stock movements and what comes out: arrays and codes, shared by the kernel and its twin.

Quantities are int64 in 1/10,000 units, amounts int64 in minor currency units. A *leg* is a movement of stock or of its
value. A *cell* is a place where cost layers queue. A *pool* is a set of cells joined by moves and assemblies; its legs
stand together, in time order.
"""

from dataclasses import dataclass, field
from typing import Final, NoReturn

import numpy as np
import numpy.typing as npt

from tieout.costing.rounding import compiled_apart, plain

Int8s = npt.NDArray[np.int8]
Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# What a leg does
IN: Final = 1  # goods arrive from outside, with a value or without
OUT: Final = 2  # goods leave for good: an issue
MOVE: Final = 3  # goods change cells and keep their value
RETURN: Final = 4  # goods that an earlier issue took come back
ADD: Final = 5  # a cost of goods received earlier becomes known; what is still there carries its part
REVALUE: Final = 6  # the stock of a cell gets a new unit cost, or an amount on top
GROUP_OUT: Final = 7  # goods go into an assembly
GROUP_IN: Final = 8  # an assembly's product arrives, with its share of what went in
SWITCH: Final = 9  # from here on the cell values by another method; what is on hand keeps its value

# How a cell values what leaves it
FIFO: Final = 1
AVERAGE: Final = 2
LIFO: Final = 3  # perpetual unit LIFO: the newest layer at the time of the issue
STANDARD: Final = 4  # one pool; goods enter at the leg's standard cost, the difference is a variance
SPECIFIC: Final = 5  # the layers that the leg names

# Where a late cost goes (`Legs.share_by`)
AUTO: Final = 0  # as LAYERS, but under AVERAGE as POOL
LAYERS: Final = 1  # to what is left of its receipt: its layers, wherever moved; under AVERAGE as FIFO would count them
POOL: Final = 2  # to the stock of the cell, for as many units as it holds or the receipt brought, whichever is less

# What was odd about a leg (bits of `Replay.status`)
NEGATIVE_ON_HAND: Final = 1  # took more than was there; the rest left at a provisional cost
NO_COST: Final = 2  # no cost was known from anywhere: zero
COST_ASSUMED: Final = 4  # inflow without a cost took that of the cell, the last known or the standard
RETURN_WITHOUT_SOURCE: Final = 8
RETURN_EXCEEDS_SOURCE: Final = 16  # more came back than the issue had taken
OVERFLOW_REFUSED: Final = 32  # beyond `LIMIT`: the leg moved nothing
TRUE_UP_UNPLACED: Final = 64  # covering leg: a true-up found no stock to settle on (`TrueUps.placed`)
SPECIFIC_NOT_FOUND: Final = 128  # a SPECIFIC cell gave goods that the leg did not name
NO_STANDARD: Final = 256  # a STANDARD cell keeps goods at their own value: no standard cost is known
REVALUED_NOTHING: Final = 512  # no stock above zero, or no new unit cost
REVALUED_IN_PART: Final = 1024  # more was to be taken off than the stock was worth; it stands at zero

NO_VALUE: Final = -(2**63)  # no cost of its own, none on the way, none that stays; REVALUE to the standard cost
NO_ROW: Final = -1  # no cell, no source, no origin, no standard cost, no group
CURRENT: Final = -2  # source of a RETURN that by policy comes back at the cost of its day, or an OUT that leaves at it

# A pool's turnover, the sum of all its legs' quantities or amounts. No balance, layer or issue of the pool can exceed
# twice its turnover, true-ups included, so below this limit no sum ever leaves int64.
LIMIT: Final = 2**61


def _none() -> Int64s:
    return np.empty(0, np.int64)


@dataclass(frozen=True)
class Legs:
    """Stock movements, sorted by (pool, total order). Arrays of length n unless said otherwise.

    op            int8   IN, OUT, MOVE, RETURN, ADD, REVALUE, GROUP_OUT, GROUP_IN or SWITCH
    cell_from     int64  OUT, MOVE and GROUP_OUT, else -1
    cell_to       int64  all but OUT and GROUP_OUT, else -1; a move needs two different cells
    quantity      int64  > 0; not used by ADD, REVALUE and SWITCH
    value         int64  IN: value of the inflow. GROUP_IN: labour added. MOVE: a cost that the goods take on, on top of
                         what left. OUT: so much of what would leave stays with the goods that are kept; ignored where
                         none are, and by STANDARD. All >= 0, or NO_VALUE. ADD: the cost, signed. REVALUE: amount to
                         add, signed, or NO_VALUE. SWITCH: the new method. Ignored elsewhere
    source        int64  row of an earlier leg in the same pool, else -1. RETURN: the issue that it takes back, or
                         CURRENT. IN: the issue whose goods these are; they are worth what it took at most. REVALUE: the
                         leg whose amount it takes off again. OUT, MOVE and GROUP_OUT: the inflow whose layers they take
                         first; OUT also CURRENT: a part of every layer, at the value of the cell ÷ its quantity. ADD:
                         the receipt, wherever its goods are, or a MOVE to the same cell, whose goods carry it as far as
                         they are still there
    standard      int64  the sku's standard unit cost in 1/1,000,000 currency units, -1 unknown; of REVALUE the new one
    pool_offsets  int64  [P + 1]; pool p is rows pool_offsets[p]:pool_offsets[p + 1] and shares no cell with another
    cell_method   int8   [C]; FIFO, AVERAGE, LIFO, STANDARD or SPECIFIC
    scale         decimals of the currency, 0..4
    group         int64  GROUP_OUT and GROUP_IN: their assembly, numbered from 0 and below n. It lies in one pool, what
                         goes in before what comes out. Ignored elsewhere; empty where there are no assemblies
    weight        int64  GROUP_IN: its part of the assembly, >= 0 and together > 0. Ignored elsewhere; empty as `group`
    returns_at_end  a RETURN joins its queue as the newest goods; else as those that leave next, as they once were
    true_up_issues  a true-up changes what its issue took, and follows moved goods; else all of that stays provisional
    share_by      AUTO, LAYERS or POOL
    left          [rows, 3] by leg: an ADD, a cell, and how much of what the cost is for is left there. `replay` fills
                  it itself, where a late cost goes by LAYERS to stock that keeps none

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
    group: Int64s = field(default_factory=_none)
    weight: Int64s = field(default_factory=_none)
    returns_at_end: bool = True
    true_up_issues: bool = True
    share_by: int = AUTO
    left: Int64s = field(default_factory=lambda: np.empty((0, 3), np.int64))

    def __post_init__(self) -> None:
        self._check_shapes()
        columns = [plain(getattr(self, name)) for name in _COLUMNS]
        broken, row = _first_broken(len(self.cell_method), *columns)
        if row >= 0:
            _refuse(_COLUMNS[broken], row)
        _check("cell_method", (self.cell_method >= FIFO) & (self.cell_method <= SPECIFIC))
        self._check_groups()

    def _check_shapes(self) -> None:
        for name in ("cell_from", "cell_to", "quantity", "value", "source", "standard", "group", "weight"):
            column = getattr(self, name)
            absent = name in ("group", "weight") and column.shape == (0,)
            if column.dtype != np.int64 or not (absent or column.shape == self.op.shape):
                raise ValueError(f"legs.{name} must be int64 with one entry per leg, not {column.dtype}{column.shape}")
        if self.op.dtype != np.int8 or self.cell_method.dtype != np.int8 or self.pool_offsets.dtype != np.int64:
            raise ValueError("legs.op and legs.cell_method must be int8, legs.pool_offsets int64")
        offsets = self.pool_offsets
        if len(offsets) == 0 or offsets[0] != 0 or offsets[-1] != len(self.op) or np.any(np.diff(offsets) < 0):
            raise ValueError("legs.pool_offsets must rise from 0 to the number of legs")
        if not 0 <= self.scale <= 4:
            raise ValueError(f"legs.scale must be 0 to 4 decimals, not {self.scale}")
        if self.share_by not in (AUTO, LAYERS, POOL):
            raise ValueError(f"legs.share_by must be AUTO, LAYERS or POOL, not {self.share_by}")

    def _check_groups(self) -> None:
        rows = np.flatnonzero((self.op == GROUP_OUT) | (self.op == GROUP_IN))
        if len(rows) == 0:
            return
        if len(self.group) == 0 or len(self.weight) == 0:
            raise ValueError("legs.group and legs.weight must have one entry per leg where there are assemblies")
        group, made = self.group[rows], self.op[rows] == GROUP_IN
        _check("group", (group >= 0) & (group < len(self.op)), rows)
        pool = np.searchsorted(self.pool_offsets, rows, side="right")
        pool_of, last_taken = np.zeros(len(self.op), np.int64), np.full(len(self.op), NO_ROW)
        pool_of[group], last_taken[group[~made]] = pool, rows[~made]
        _check("group", (pool == pool_of[group]) & (~made | (rows > last_taken[group])), rows)
        rows, group, weight = rows[made], group[made], self.weight[rows[made]]
        products, together = np.bincount(group), np.zeros(len(self.op), np.int64)
        _check("weight", (weight >= 0) & (weight <= LIMIT // products[group]), rows)
        np.add.at(together, group, weight)
        _check("weight", together[group] > 0, rows)


_COLUMNS = ("op", "cell_from", "cell_to", "quantity", "value", "source", "standard")
_OP, _CELL_FROM, _CELL_TO, _QUANTITY, _VALUE, _SOURCE, _STANDARD = range(7)


@compiled_apart
def _first_broken(
    cells: int, op: Int8s, cell_from: Int64s, cell_to: Int64s, quantity: Int64s, value: Int64s, source: Int64s,
    standard: Int64s,
) -> tuple[int, int]:  # fmt: skip
    """The first leg that breaks a rule of its own, and in which column; -1 when there is none."""
    for leg in range(len(op)):
        code, origin = op[leg], source[leg]
        gives, gets = code in (OUT, MOVE, GROUP_OUT), code not in (OUT, GROUP_OUT)
        if not IN <= code <= SWITCH:
            return _OP, leg
        if not (0 <= cell_from[leg] < cells if gives else cell_from[leg] == NO_ROW):
            return _CELL_FROM, leg
        if not (0 <= cell_to[leg] < cells if gets else cell_to[leg] == NO_ROW) or cell_to[leg] == cell_from[leg]:
            return _CELL_TO, leg
        if quantity[leg] <= 0 and code not in (ADD, REVALUE, SWITCH):
            return _QUANTITY, leg
        no_cost = code in (IN, OUT, MOVE, GROUP_IN) and value[leg] < 0 and value[leg] != NO_VALUE
        no_method = code == SWITCH and not FIFO <= value[leg] <= SPECIFIC
        if no_cost or no_method or (code == ADD and value[leg] == NO_VALUE):
            return _VALUE, leg
        if origin >= leg or origin < CURRENT or (origin == CURRENT and code not in (RETURN, OUT)):
            return _SOURCE, leg
        if code == ADD and origin >= 0 and op[origin] == MOVE and cell_to[origin] != cell_to[leg]:
            return _SOURCE, leg
        if standard[leg] < NO_ROW:
            return _STANDARD, leg
    return _OP, NO_ROW


def _check(column: str, holds: Bools, rows: Int64s | None = None) -> None:
    """Whether a rule holds in these rows, all of them unless said otherwise."""
    if not holds.all():
        _refuse(column, int(np.argmin(holds) if rows is None else rows[np.argmin(holds)]))


def _refuse(column: str, row: int) -> NoReturn:
    raise ValueError(f"legs.{column} breaks its rule in row {row}; see tieout.costing.events.Legs")


def standard_divisor(scale: int) -> int:
    """Divisor that turns quantity (1/10,000) × standard cost (1/1,000,000) into minor units of the currency."""
    return int(10 ** (10 - scale))


@dataclass(frozen=True)
class Takes:
    """What issues took from layers, in order of taking; units taken beyond stock follow when an inflow covers them.

    For each OUT, MOVE or GROUP_OUT: amount + its true-ups = Σ takes + what is still an open shortage.
    """

    leg: Int64s  # the issue or move
    origin: Int64s  # IN, RETURN or GROUP_IN that funded the layer; -1 a pool, or units moved before they were there
    quantity: Int64s
    amount: Int64s


@dataclass(frozen=True)
class TrueUps:
    """Corrections of provisional costs, dated by the covering leg: actual - provisional, never zero."""

    issue: Int64s  # the OUT, MOVE or GROUP_OUT that went beyond stock
    covering: Int64s  # the inflow that brought the goods
    quantity: Int64s
    amount: Int64s  # signed; adds to what the issue took, if `Legs.true_up_issues`
    placed: Int64s  # of a MOVE or GROUP_OUT: the part that the stock which the goods became gained; 0 of an OUT
    carried: Int64s  # of a GROUP_OUT: the part that the assembly's products still to come bring with them


@dataclass(frozen=True)
class Placements:
    """Where late costs and true-ups found a place: one row per cell and ADD, or per product and true-up.

    The rows of an ADD sum up to `Replay.placed`, those of a true-up to `TrueUps.placed`.
    """

    leg: Int64s  # the ADD, or the covering leg of the true-up
    true_up: Int64s  # its row in `TrueUps`; -1 of an ADD
    cell: Int64s  # whose stock gained
    amount: Int64s  # signed, never zero


@dataclass(frozen=True)
class OpenLayers:
    """Layers left at the end, by cell and in the order in which they would leave; AVERAGE and STANDARD have one."""

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

    Per leg: the amount that it moved as known at its time, the balances of its cells right after it (0 where it has no
    cell) and its status bits. A true-up, or a cost that follows moved layers, shows in a third cell's next leg.

    The amount is >= 0 but of ADD (the cost) and REVALUE (what the stock gained); of SWITCH it is 0. Of a MOVE it is
    what left; what arrives is amount + value. What a leg brings to a STANDARD cell is that - variance. Per pool
    Σ amount (IN, RETURN, GROUP_IN, REVALUE) + Σ value (MOVE, unless refused or NO_VALUE) + Σ placed (ADD) - Σ variance
    = Σ open layers - Σ open shortages + Σ amount (OUT, GROUP_OUT) + Σ (true_ups.amount - true_ups.placed).
    """

    amount: Int64s
    from_quantity_after: Int64s
    from_amount_after: Int64s
    to_quantity_after: Int64s
    to_amount_after: Int64s
    status: Int32s
    takes: Takes
    true_ups: TrueUps
    placements: Placements
    open_layers: OpenLayers
    open_shortages: OpenShortages
    variance: Int64s  # [n] own value - standard value of what entered a STANDARD cell, or was there at a SWITCH to it
    placed: Int64s  # [n] of ADD: the part that stock carries; the rest belongs to goods that are gone
