"""How fast the costing kernel values legs on one processor and on all, beside its plain-Python twin on fewer of them.

Run by hand: python tests/bench/bench_kernel.py [LEGS]
"""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from unittest.mock import patch

import numpy as np

from tieout.costing import kernel, reference
from tieout.costing.events import (
    ADD,
    AVERAGE,
    FIFO,
    GROUP_IN,
    GROUP_OUT,
    IN,
    LIFO,
    MOVE,
    NO_ROW,
    NO_VALUE,
    OUT,
    RETURN,
    REVALUE,
    SPECIFIC,
    STANDARD,
    Int64s,
    Legs,
    Replay,
)

TWIN_LEGS = 200_000
REPEATS = 4  # the first one also waits for fresh memory
LEGS_PER_POOL = 1_000
CELLS_PER_POOL = 4


def company(legs: int, method: int) -> Legs:
    """Pools of four cells; 35 % receipts of 1 to 50 units, 50 % issues, 10 % moves and 5 % returns of 1 to 25."""
    random = np.random.default_rng(20_261_124)
    row = np.arange(legs)
    op = random.choice(np.array([IN, OUT, MOVE, RETURN], np.int8), legs, p=[0.35, 0.50, 0.10, 0.05])
    first_cell = row // LEGS_PER_POOL * CELLS_PER_POOL
    place, step = random.integers(0, CELLS_PER_POOL, legs), random.integers(1, CELLS_PER_POOL, legs)
    quantity = np.where(op == IN, random.integers(1, 51, legs), random.integers(1, 26, legs)) * 10_000
    cells = int(first_cell[-1]) + CELLS_PER_POOL
    return Legs(
        op=op,
        cell_from=np.where((op == OUT) | (op == MOVE), first_cell + place, NO_ROW),
        cell_to=np.where(op == OUT, NO_ROW, first_cell + (place + step) % CELLS_PER_POOL),
        quantity=quantity,
        value=np.where(op == IN, quantity // 10_000 * random.integers(500, 5_000, legs), NO_VALUE),
        source=np.where(op == RETURN, nearest(op == OUT), NO_ROW),
        standard=np.full(legs, 20_000_000),
        pool_offsets=np.append(np.arange(0, legs, LEGS_PER_POOL), legs),
        cell_method=np.full(cells, method, np.int8),
        scale=2,
    )


def with_every_operation(legs: Legs) -> Legs:
    """The same company with every method; of its receipts every tenth becomes a late cost, every hundredth a
    revaluation, and issues followed by a receipt in another cell an assembly."""
    row, receipt = np.arange(len(legs.op)), np.cumsum(legs.op == IN)
    before_receipt = (legs.op[:-1] == OUT) & (legs.op[1:] == IN) & (legs.cell_from[:-1] != legs.cell_to[1:])
    taken = np.flatnonzero(before_receipt & (row[:-1] % LEGS_PER_POOL < LEGS_PER_POOL - 1))[::4]
    op, value, group = legs.op.copy(), legs.value.copy(), np.full(len(row), NO_ROW)
    op[(op == IN) & (receipt % 10 == 0)] = ADD
    op[(op == IN) & (receipt % 100 == 1)] = REVALUE
    op[taken], op[taken + 1] = GROUP_OUT, GROUP_IN
    group[taken] = group[taken + 1] = np.arange(len(taken))
    methods = np.array([FIFO, AVERAGE, LIFO, STANDARD, SPECIFIC], np.int8)
    cells = np.arange(len(legs.cell_method))
    return replace(
        legs,
        op=op,
        value=np.where(np.isin(op, (ADD, REVALUE)), 500, value),
        source=np.where((op == ADD) | ((op == OUT) & (row % 7 == 0)), nearest(op == IN), legs.source),
        group=group,
        weight=np.ones(len(row), np.int64),
        cell_method=methods[cells // CELLS_PER_POOL % len(methods)],
    )


def nearest(holds: np.ndarray) -> Int64s:
    """The nearest row above each row, in the same pool, of which this holds; else -1."""
    row = np.arange(len(holds))
    last = np.maximum.accumulate(np.where(holds, row, NO_ROW))
    return np.where((last // LEGS_PER_POOL == row // LEGS_PER_POOL) & (last < row), last, NO_ROW)


def measure(name: str, replay: Callable[[Legs], Replay], legs: Legs) -> None:
    seconds = [time_one(replay, legs) for _ in range(REPEATS)]
    rate = len(legs.op) / min(seconds) / 1e6
    print(f"{name:<20} {len(legs.op):>12,} legs {seconds[0]:8.2f} s first {min(seconds):8.2f} s best {rate:8.2f} M/s")


def time_one(replay: Callable[[Legs], Replay], legs: Legs) -> float:
    started = time.perf_counter()
    replay(legs)
    return time.perf_counter() - started


def on_one_processor(legs: Legs) -> Replay:
    with patch("os.cpu_count", return_value=1):
        return kernel.replay(legs)


def compare(name: str, company_of: Callable[[int], Legs], legs: int) -> None:
    many = company_of(legs)
    measure(f"{name}, one thread", on_one_processor, many)
    measure(f"{name}, all", kernel.replay, many)
    measure(f"{name}, twin", reference.replay, company_of(TWIN_LEGS))


def main() -> None:
    legs = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    kernel.replay(with_every_operation(company(1_000, FIFO)))  # compiles
    compare("fifo", lambda number: company(number, FIFO), legs)
    compare("average", lambda number: company(number, AVERAGE), legs)
    compare("every op", lambda number: with_every_operation(company(number, FIFO)), legs)
    print(f"largest memory in use {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB")


if __name__ == "__main__":
    main()
