"""How fast the costing kernel values legs, beside its plain-Python twin on fewer of them.

Run by hand: python tests/bench/bench_kernel.py [LEGS]
"""

import sys
import time
from collections.abc import Callable

import numpy as np

from tieout.costing import kernel, reference
from tieout.costing.events import AVERAGE, FIFO, IN, MOVE, NO_ROW, NO_VALUE, OUT, RETURN, Int64s, Legs, Replay

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
        source=np.where(op == RETURN, last_issue(op, row), NO_ROW),
        standard=np.full(legs, 20_000_000),
        pool_offsets=np.append(np.arange(0, legs, LEGS_PER_POOL), legs),
        cell_method=np.full(cells, method, np.int8),
        scale=2,
    )


def last_issue(op: np.ndarray, row: Int64s) -> Int64s:
    """The nearest issue above each row, in the same pool, else -1."""
    nearest = np.maximum.accumulate(np.where(op == OUT, row, NO_ROW))
    return np.where(nearest // LEGS_PER_POOL == row // LEGS_PER_POOL, nearest, NO_ROW)


def measure(name: str, replay: Callable[[Legs], Replay], legs: Legs) -> None:
    seconds = [time_one(replay, legs) for _ in range(REPEATS)]
    rate = len(legs.op) / min(seconds) / 1e6
    print(f"{name:<16} {len(legs.op):>12,} legs {seconds[0]:8.2f} s first {min(seconds):8.2f} s best {rate:8.2f} M/s")


def time_one(replay: Callable[[Legs], Replay], legs: Legs) -> float:
    started = time.perf_counter()
    replay(legs)
    return time.perf_counter() - started


def main() -> None:
    legs = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    kernel.replay(company(1_000, FIFO))
    for name, method in (("fifo", FIFO), ("average", AVERAGE)):
        measure(f"kernel {name}", kernel.replay, company(legs, method))
        measure(f"twin {name}", reference.replay, company(TWIN_LEGS, method))


if __name__ == "__main__":
    main()
