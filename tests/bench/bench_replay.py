"""How long the replay takes from DuckDB's tables to DuckDB's tables, beside DuckDB sorting the same events.

Run by hand: python tests/bench/bench_replay.py [EVENTS]
"""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
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
HERE = Path(__file__).parent


def draw(events: int) -> duckdb.DuckDBPyConnection:
    """A database in memory with ``events``, the same as ``kernel_input`` (in the order of time), and ``cells``."""
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    connection.execute("set enable_progress_bar = false")
    history, legs = ((HERE / f"{name}.sql").read_text("utf-8") for name in ("stock_history", "history_legs"))
    connection.execute(f"create table events as {history}", {"events": events, "skus": SKUS})
    connection.execute(f"create table kernel_input as {legs}")
    connection.execute("create table cells as select range as cell, 'fifo' as method from range(?)", [4 * SKUS])
    return connection


def timed(task: Callable[..., Any], *arguments: Any) -> tuple[float, Any]:
    started = time.perf_counter()
    result = task(*arguments)
    return time.perf_counter() - started, result


def sort(connection: duckdb.DuckDBPyConnection, table: str, order: str) -> list[float]:
    """Seconds that each of the repeats takes."""
    query = f"create or replace table sorted as select * from {table} order by {order}"
    seconds = [timed(connection.execute, query)[0] for _ in range(REPEATS)]
    connection.execute("drop table sorted")
    return seconds


def replay(connection: duckdb.DuckDBPyConnection) -> dict[str, list[float]]:
    """Seconds of the whole stage and of its three parts, one per repeat."""
    seconds: dict[str, list[float]] = {"replay": [], "  fetch": [], "  kernel": [], "  write": []}
    for _ in range(REPEATS):
        fetch, legs = timed(stage._kernel_legs, connection, SETTINGS, "kernel_input")
        value, result = timed(kernel.replay, legs)
        del legs
        write, _ = timed(stage._keep_results, connection, result)
        del result
        for part, taken in zip(seconds, (fetch + value + write, fetch, value, write), strict=True):
            seconds[part].append(taken)
    return seconds


def first_pools(legs: Legs, most: int) -> Legs:
    """The pools that fit into so many legs."""
    offsets = legs.pool_offsets[legs.pool_offsets <= most]
    columns = ("op", "cell_from", "cell_to", "quantity", "value", "source", "standard")
    return replace(legs, pool_offsets=offsets, **{name: getattr(legs, name)[: offsets[-1]] for name in columns})


def show(name: str, seconds: list[float], rows: int) -> None:
    rate = rows / min(seconds) / 1e6
    print(f"{name:<24} {rows:>12,} {min(seconds):8.2f} s best {median(seconds):8.2f} s median {rate:8.2f} M/s")


def show_memory(moment: str) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{'largest memory in use':<24} {peak:12.1f} GiB {moment}")


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    replay(draw(1_000))  # compiles
    connection = draw(events)
    show_memory("after drawing")
    seconds = replay(connection)
    for part, taken in seconds.items():
        show(part, taken, events)
    show_memory("after replaying")
    for table, order in (("events", "pool, occurred_at"), ("kernel_input", "pool, row")):
        sorting = sort(connection, table, order)
        show(f"sort {table}", sorting, events)
        print(f"{'replay ÷ sort':<24} {min(seconds['replay']) / min(sorting):.2f}")
    twin = first_pools(stage._kernel_legs(connection, SETTINGS, "kernel_input"), TWIN_LEGS)
    show("plain Python twin", [timed(reference.replay, twin)[0]], len(twin.op))


if __name__ == "__main__":
    main()
