"""How long the replay takes from DuckDB's tables to DuckDB's tables, beside DuckDB sorting the same events.

Run by hand: python tests/bench/bench_replay.py [EVENTS]
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from tieout.costing import kernel, reference
from tieout.costing import replay as stage
from tieout.costing.events import Legs
from tieout.settings import CompanySettings, Settings

SKUS = 20_000
REPEATS = 3
TWIN_LEGS = 1_000_000
SETTINGS = Settings(path=Path("tieout.toml"), company=CompanySettings(name="Bench"))
SORT = "create or replace table sorted as select * from events order by pool, occurred_at"
HERE = Path(__file__).parent


@dataclass
class Seconds:
    """What a task took, once per repeat: on the wall clock, and of all processors together."""

    wall: list[float]
    processors: list[float]

    def __add__(self, other: "Seconds") -> "Seconds":
        return Seconds(
            [one + another for one, another in zip(self.wall, other.wall, strict=True)],
            [one + another for one, another in zip(self.processors, other.processors, strict=True)],
        )

    def time(self, task: Callable[..., Any], *arguments: Any) -> Any:
        wall, processors = time.perf_counter(), time.process_time()
        result = task(*arguments)
        self.wall.append(time.perf_counter() - wall)
        self.processors.append(time.process_time() - processors)
        return result


def draw(path: Path, events: int) -> None:
    """Write a database: ``events``, the same as kernel legs in the order of time and of their rows, and ``cells``."""
    history, legs = ((HERE / f"{name}.sql").read_text("utf-8") for name in ("stock_history", "history_legs"))
    with duckdb.connect(str(path)) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"create table events as {history}", {"events": events, "skus": SKUS})
        connection.execute(f"create table legs_by_time as {legs}")
        connection.execute("create table legs_by_row as from legs_by_time order by row")
        connection.execute("create table cells as select range as cell, 'fifo' as method from range(?)", [4 * SKUS])


def drawn(events: int) -> duckdb.DuckDBPyConnection:
    """The same tables in memory; drawn by another process, whose memory does not count."""
    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    connection.execute("set threads = 2")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.duckdb"
        with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
            elsewhere.submit(draw, path, events).result()
        connection.execute(f"attach '{path}' as drawn (read_only)")
        for table in ("events", "legs_by_time", "legs_by_row", "cells"):
            connection.execute(f"create table {table} as from drawn.{table}")
        connection.execute("detach drawn")
    return connection


def replay(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[Seconds, Seconds, Seconds]:
    """Fetching the legs, valuing them, and writing the results."""
    fetching, valuing, writing = Seconds([], []), Seconds([], []), Seconds([], [])
    for _ in range(REPEATS):
        legs = fetching.time(stage._kernel_legs, connection, SETTINGS, table)
        result = valuing.time(kernel.replay, legs)
        del legs
        writing.time(stage._keep_results, connection, result)
        del result
        drop_results(connection)
    return fetching, valuing, writing


def drop_results(connection: duckdb.DuckDBPyConnection) -> None:
    """A run replays once: the next repeat starts without the tables of this one."""
    for (table,) in connection.execute("select table_name from duckdb_tables() where temporary").fetchall():
        connection.execute(f"drop table {table}")


def sort(connection: duckdb.DuckDBPyConnection) -> Seconds:
    seconds = Seconds([], [])
    for _ in range(REPEATS):
        seconds.time(connection.execute, SORT)
    connection.execute("drop table sorted")
    return seconds


def first_pools(legs: Legs, most: int) -> Legs:
    """The pools that fit into so many legs."""
    offsets = legs.pool_offsets[legs.pool_offsets <= most]
    columns = ("op", "cell_from", "cell_to", "quantity", "value", "source", "standard")
    return replace(legs, pool_offsets=offsets, **{name: getattr(legs, name)[: offsets[-1]] for name in columns})


def show(name: str, seconds: Seconds, rows: int) -> None:
    best, middle, processors = min(seconds.wall), median(seconds.wall), min(seconds.processors)
    rate = f"{rows / best / 1e6:6.2f} M/s"
    print(f"{name:<22} {rows:>12,} {best:8.2f} s best {middle:8.2f} s median {processors:8.2f} s processors {rate}")


def show_memory(moment: str) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{'largest memory in use':<22} {peak:12.1f} GiB {moment}")


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    replay(drawn(1_000), "legs_by_row")  # compiles
    connection = drawn(events)
    show_memory("with the tables")
    stages = {table: replay(connection, table) for table in ("legs_by_row", "legs_by_time")}
    show_memory("after replaying")
    sorting = sort(connection)
    show("sort events", sorting, events)
    for table, (fetching, valuing, writing) in stages.items():
        whole = fetching + valuing + writing
        show(f"replay {table}", whole, events)
        for name, seconds in (("  fetch", fetching), ("  value", valuing), ("  write", writing)):
            show(name, seconds, events)
        shares = [min(whole.wall) / min(sorting.wall), min(whole.processors) / min(sorting.processors)]
        print(f"{'replay ÷ sort':<22} {shares[0]:21.2f} on the clock, {shares[1]:.2f} of the processors")
    legs, twin = first_pools(stage._kernel_legs(connection, SETTINGS, "legs_by_row"), TWIN_LEGS), Seconds([], [])
    twin.time(reference.replay, legs)
    show("plain Python twin", twin, len(legs.op))


if __name__ == "__main__":
    main()
