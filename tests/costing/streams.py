"""Builds legs for the costing tests: by hand, in units and money, and at random."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from hypothesis import strategies as st

from tieout.costing.events import AVERAGE, FIFO, IN, MOVE, NO_ROW, NO_VALUE, OUT, RETURN, Legs

Row = tuple[int, int, int, int, int, int, int]  # op, cell_from, cell_to, quantity, value, source, standard


class Ledger:
    """Writes legs down one by one, in units and currency as a person says them; each call returns the leg's row."""

    def __init__(self, method: int, cells: int = 1, scale: int = 2) -> None:
        self.methods, self.scale = [method] * cells, scale
        self.rows: list[Row] = []

    def _add(self, op: int, cell_from: int, cell_to: int, units: str, value: int, source: int, standard: str) -> int:
        cost = int(Decimal(standard) * 10**6) if standard else NO_ROW
        self.rows.append((op, cell_from, cell_to, int(Decimal(units) * 10**4), value, source, cost))
        return len(self.rows) - 1

    def receive(self, units: str, value: str = "", cell: int = 0, standard: str = "") -> int:
        minor = int(Decimal(value) * 10**self.scale) if value else NO_VALUE
        return self._add(IN, NO_ROW, cell, units, minor, NO_ROW, standard)

    def issue(self, units: str, cell: int = 0, standard: str = "") -> int:
        return self._add(OUT, cell, NO_ROW, units, NO_VALUE, NO_ROW, standard)

    def move(self, units: str, cell_from: int, cell_to: int, standard: str = "") -> int:
        return self._add(MOVE, cell_from, cell_to, units, NO_VALUE, NO_ROW, standard)

    def take_back(self, units: str, source: int = NO_ROW, cell: int = 0, standard: str = "") -> int:
        return self._add(RETURN, NO_ROW, cell, units, NO_VALUE, source, standard)

    def legs(self) -> Legs:
        return as_legs([self.rows], self.methods, self.scale)


def as_legs(pools: Sequence[Sequence[Row]], methods: Sequence[int], scale: int) -> Legs:
    table = np.array([row for pool in pools for row in pool], np.int64).reshape(-1, 7)
    offsets = np.cumsum([0, *(len(pool) for pool in pools)])
    op, cell_from, cell_to, quantity, value, source, standard = (np.ascontiguousarray(column) for column in table.T)
    return Legs(
        op.astype(np.int8), cell_from, cell_to, quantity, value, source, standard,
        pool_offsets=offsets.astype(np.int64), cell_method=np.array(methods, np.int8), scale=scale,
    )  # fmt: skip


def quantities(largest: int) -> st.SearchStrategy[int]:
    """Odd and round ones, and some at the far end."""
    return st.one_of(
        st.integers(1, 60_000), st.integers(1, 6).map(lambda units: units * 10_000), st.integers(1, largest)
    )


@st.composite
def streams(draw: st.DrawFn, largest: int = 10**9, legs: int = 60) -> Legs:
    """One to three pools with all operations, both methods and stock below zero; nothing above `largest`."""
    methods: list[int] = []
    pools: list[list[Row]] = []
    row = 0
    for _ in range(draw(st.integers(1, 3))):
        own = range(len(methods), len(methods) + draw(st.integers(1, 3)))
        methods += [draw(st.sampled_from([FIFO, AVERAGE])) for _ in own]
        first, pool = row, []
        for _ in range(draw(st.integers(0, legs // 2))):
            issues = [first + at for at, (op, *_) in enumerate(pool) if op in (OUT, MOVE)]
            pool.append(draw(_leg(own, issues, largest)))
        row, pools = first + len(pool), [*pools, pool]
    return as_legs(pools, methods, draw(st.integers(0, 4)))


@st.composite
def _leg(draw: st.DrawFn, cells: range, issues: list[int], largest: int) -> Row:
    op = draw(st.sampled_from([IN, IN, OUT, OUT, RETURN] + [MOVE, MOVE] * (len(cells) > 1)))
    cell = draw(st.sampled_from(cells))
    cell_from = cell if op in (OUT, MOVE) else NO_ROW
    cell_to = NO_ROW if op == OUT else cell
    if op == MOVE:
        cell_to = draw(st.sampled_from([other for other in cells if other != cell]))
    value = draw(st.one_of(st.integers(0, 20_000), st.integers(0, largest), st.just(NO_VALUE))) if op == IN else 0
    source = draw(st.sampled_from([NO_ROW, *issues[-6:]])) if op == RETURN else NO_ROW
    standard = draw(st.one_of(st.just(NO_ROW), st.integers(0, 5_000_000), st.integers(0, largest)))
    return op, cell_from, cell_to, draw(quantities(largest)), value, source, standard
