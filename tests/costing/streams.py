"""Builds legs for the costing tests: by hand, in units and money, and at random."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tieout.costing.events import (
    ADD,
    AUTO,
    AVERAGE,
    CURRENT,
    FIFO,
    GROUP_IN,
    GROUP_OUT,
    IN,
    LAYERS,
    LIFO,
    MOVE,
    NO_ROW,
    NO_VALUE,
    OUT,
    POOL,
    RETURN,
    REVALUE,
    SPECIFIC,
    STANDARD,
    SWITCH,
    Legs,
)

METHODS = [FIFO, AVERAGE, LIFO, STANDARD, SPECIFIC]
Row = tuple[int, int, int, int, int, int, int, int, int]  # the columns of Legs, `op` to `weight`


class Ledger:
    """Writes legs down one by one, in units and currency as a person says them; each call returns the leg's row."""

    def __init__(self, method: int, cells: int = 1, scale: int = 2) -> None:
        self.methods, self.scale = [method] * cells, scale
        self.rows: list[Row] = []

    def _add(
        self, op: int, units: str = "0", *, cell_from: int = NO_ROW, cell_to: int = NO_ROW, value: int = NO_VALUE,
        source: int = NO_ROW, standard: str = "", group: int = NO_ROW, weight: int = 0,
    ) -> int:  # fmt: skip
        cost, quantity = int(Decimal(standard) * 10**6) if standard else NO_ROW, int(Decimal(units) * 10**4)
        self.rows.append((op, cell_from, cell_to, quantity, value, source, cost, group, weight))
        return len(self.rows) - 1

    def _minor(self, value: str) -> int:
        return int(Decimal(value) * 10**self.scale) if value else NO_VALUE

    def receive(self, units: str, value: str = "", cell: int = 0, standard: str = "") -> int:
        return self._add(IN, units, cell_to=cell, value=self._minor(value), standard=standard)

    def issue(self, units: str, cell: int = 0, standard: str = "", source: int = NO_ROW, stays: str = "") -> int:
        return self._add(OUT, units, cell_from=cell, value=self._minor(stays), standard=standard, source=source)

    def move(
        self, units: str, cell_from: int, cell_to: int, standard: str = "", source: int = NO_ROW, freight: str = ""
    ) -> int:
        ends, value = {"cell_from": cell_from, "cell_to": cell_to}, self._minor(freight)
        return self._add(MOVE, units, **ends, value=value, standard=standard, source=source)

    def take_back(self, units: str, source: int = NO_ROW, cell: int = 0, standard: str = "") -> int:
        return self._add(RETURN, units, cell_to=cell, source=source, standard=standard)

    def add_cost(self, value: str, receipt: int, cell: int = 0) -> int:
        return self._add(ADD, cell_to=cell, value=self._minor(value), source=receipt)

    def revalue(self, value: str = "", cell: int = 0, standard: str = "") -> int:
        return self._add(REVALUE, cell_to=cell, value=self._minor(value), standard=standard)

    def put_in(self, units: str, group: int, cell: int = 0, standard: str = "") -> int:
        return self._add(GROUP_OUT, units, cell_from=cell, group=group, standard=standard)

    def make(self, units: str, group: int, cell: int, labour: str = "", weight: int = 1, standard: str = "") -> int:
        value = self._minor(labour)
        return self._add(GROUP_IN, units, cell_to=cell, value=value, group=group, weight=weight, standard=standard)

    def switch(self, method: int, cell: int = 0, standard: str = "") -> int:
        return self._add(SWITCH, cell_to=cell, value=method, standard=standard)

    def legs(self, **policy: Any) -> Legs:
        return as_legs([self.rows], self.methods, self.scale, **policy)


def as_legs(pools: Sequence[Sequence[Row]], methods: Sequence[int], scale: int, **policy: Any) -> Legs:
    table = np.array([row for pool in pools for row in pool], np.int64).reshape(-1, 9)
    offsets = np.cumsum([0, *(len(pool) for pool in pools)])
    op, cell_from, cell_to, quantity, value, source, standard, group, weight = map(np.ascontiguousarray, table.T)
    return Legs(
        op.astype(np.int8), cell_from, cell_to, quantity, value, source, standard,
        pool_offsets=offsets.astype(np.int64), cell_method=np.array(methods, np.int8), scale=scale,
        group=group, weight=weight, **policy,
    )  # fmt: skip


@dataclass
class Stream:
    """Draws legs of all operations and methods at random, with stock below zero; nothing above `largest`."""

    random: Random
    largest: int
    methods: list[int] = field(default_factory=list)
    pools: list[list[Row]] = field(default_factory=list)
    groups: int = 0
    is_open: bool = False  # the newest assembly still takes components

    def legs(self, pools: int, length: int) -> Legs:
        for _ in range(pools):
            cells = range(len(self.methods), len(self.methods) + self.random.randint(1, 4))
            self.methods += [self.random.choice(METHODS) for _ in cells]
            first = sum(len(pool) for pool in self.pools)
            self.pools.append([])
            coming: list[Row] = []  # products of assemblies, in this order
            self.is_open = False
            for _ in range(self.random.randint(0, length)):
                self.pools[-1].append(self.leg(cells, first, coming))
        policy = {
            "returns_at_end": self.random.random() < 0.7,
            "true_up_issues": self.random.random() < 0.8,
            "share_by": self.random.choice([AUTO, LAYERS, POOL]),
        }
        return as_legs(self.pools, self.methods, self.random.randint(0, 4), **policy)

    def leg(self, cells: range, first: int, coming: list[Row]) -> Row:
        if coming and self.random.random() < 0.5:
            self.is_open = False
            return coming.pop(0)
        op = self.random.choice([IN, IN, IN, OUT, OUT, OUT, MOVE, MOVE, RETURN, ADD, REVALUE, GROUP_OUT, SWITCH])
        cell, other = self.random.choice(cells), self.random.choice(cells)
        if op == GROUP_OUT:
            return self.component(cell, cells, first, coming)
        if op == MOVE and cell == other:
            op = OUT
        cell_from = cell if op in (OUT, MOVE) else NO_ROW
        cell_to, source = NO_ROW if op == OUT else other, self.source(op, first)
        if op == ADD and source >= 0 and self.pools[-1][source - first][0] == MOVE:
            cell_to = self.pools[-1][source - first][2]
        return op, cell_from, cell_to, self.quantity(), self.value(op), source, self.standard(), -1, 0

    def component(self, cell: int, cells: range, first: int, coming: list[Row]) -> Row:
        """Goes into the assembly whose products come next, if none of them has come yet, else into a new one."""
        if not self.is_open or self.random.random() < 0.5:
            coming += self.products(cells)
            self.is_open = bool(coming)
        group = self.groups - 1
        return GROUP_OUT, cell, NO_ROW, self.quantity(), 0, self.source(GROUP_OUT, first), self.standard(), group, 0

    def products(self, cells: range) -> list[Row]:
        """What a new assembly makes: up to three products, maybe nothing."""
        self.groups += 1
        made: list[Row] = []
        for product in range(self.random.randint(0, 3)):
            labour, weight = self.random.choice([NO_VALUE, 0, self.amount()]), self.random.randint(0, 9)
            arrival = GROUP_IN, NO_ROW, self.random.choice(cells), self.quantity(), labour, NO_ROW, self.standard()
            made.append((*arrival, self.groups - 1, max(weight, 1 - product)))
        return made

    def quantity(self) -> int:
        """Odd and round ones, and some at the far end."""
        kind = self.random.randint(0, 5)
        if kind == 0:
            return self.random.randint(1, self.largest)
        return self.random.randint(1, 60_000) if kind == 1 else self.random.randint(1, 6) * 10_000

    def amount(self) -> int:
        return self.random.randint(0, self.random.choice([20_000, 20_000, 20_000, self.largest]))

    def value(self, op: int) -> int:
        if op == SWITCH:
            return self.random.choice(METHODS)
        if self.random.random() < {IN: 0.2, REVALUE: 0.2, OUT: 0.5, MOVE: 0.5}.get(op, 0):
            return NO_VALUE
        return self.amount() if op in (IN, OUT, MOVE) else self.random.choice([-1, 1]) * self.amount()

    def source(self, op: int, first: int) -> int:
        """Mostly a row that fits the operation; sometimes another one of the pool, or none."""
        inflows = IN, RETURN, GROUP_IN
        fits = {RETURN: (OUT, MOVE, GROUP_OUT), ADD: (*inflows, MOVE), IN: (OUT,), REVALUE: (REVALUE,)}.get(op, inflows)
        rows = [first + row for row, leg in enumerate(self.pools[-1]) if leg[0] in fits][-6:]
        if self.random.random() < 0.1:
            rows = list(range(first, first + len(self.pools[-1])))
        if not rows or self.random.random() < {IN: 0.8, REVALUE: 0.8}.get(op, 0.2):
            return self.random.choice([NO_ROW, CURRENT]) if op in (RETURN, OUT) else NO_ROW
        return self.random.choice(rows)

    def standard(self) -> int:
        return self.random.choice([NO_ROW, self.random.randint(0, 5_000_000), self.amount()])


def streams(largest: int = 10**9, legs: int = 40) -> st.SearchStrategy[Legs]:
    """One to three short pools."""
    randoms = st.randoms(use_true_random=False)
    return st.builds(lambda random, pools: Stream(random, largest).legs(pools, legs), randoms, st.integers(1, 3))


def long_stream(seed: int, largest: int, legs: int) -> Legs:
    return Stream(Random(seed), largest).legs(3, legs)
