"""What it costs to suppose something else: the whole costing of a company, beside one more replay of its kernel input.

Run by hand: python tests/bench/bench_counterfactuals.py [EVENTS]
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from tieout import pipeline, settings
from tieout.costing.replay import replay, suppose
from tieout.settings import Settings
from tieout.store import Draft, create_table

SUPPOSITIONS = 12
EVENTS_PER_SKU = 500
HERE = Path(__file__).parent
CONFIG = """
[company]
name = "Bench"
[policy]
late_cost = "prospective"
[[source]]
format = "canonical"
path = "canonical"
"""


def write(folder: Path, events: int) -> Settings:
    """A company with a stock history and costs that come late, as parquet."""
    (folder / "canonical").mkdir()
    (folder / "tieout.toml").write_text(CONFIG, "utf-8")
    history, costs = ((HERE / f"{name}.sql").read_text("utf-8") for name in ("stock_history", "landed_costs"))
    values = {"events": events, "skus": max(1, events // EVENTS_PER_SKU)}
    with duckdb.connect() as connection:
        connection.execute(f"create table events as {history}", values)
        for name, query in (("stock_events", "select * exclude (pool) from events"), ("costs", costs)):
            connection.sql(query).write_parquet(str(folder / "canonical" / f"{name}.parquet"))
    return settings.load(folder / "tieout.toml")


def prepare(draft: Draft, loaded: Settings) -> None:
    """Everything that the pipeline does before it replays."""
    pipeline._load(draft, loaded, lambda step: None)
    draft.connection.execute("create table findings as from load_findings")
    pipeline._write_settings(draft.connection, loaded, None)
    for name in ("as_of", "days", "periods", "rates"):
        create_table(draft.connection, f"canonical/{name}")


def hide(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Make ``supposed``: the kernel's input, but that one in twelve receipts and late costs is worth nothing."""
    connection.execute(
        """
        create or replace table supposed as
        select * replace (case when operation in (1, 5) and row % $of = $number then 0 else value end as value)
        from kernel_input
        """,
        {"of": SUPPOSITIONS, "number": number},
    )


def timed(task: Callable[..., Any], *arguments: Any) -> float:
    started = time.perf_counter()
    task(*arguments)
    return time.perf_counter() - started


def measure(draft: Draft, loaded: Settings) -> None:
    connection = draft.connection
    connection.execute("set threads = 2")
    print(f"{'load':<24} {timed(prepare, draft, loaded):8.2f} s")
    whole = timed(replay, connection, loaded)
    print(f"{'costing':<24} {whole:8.2f} s")
    hiding, supposing = [], []
    for number in range(SUPPOSITIONS):
        hiding.append(timed(hide, connection, number))
        supposing.append(timed(suppose, connection, loaded, "supposed", "supposed"))
    for name, seconds in (("make a supposition", hiding), ("suppose", supposing)):
        print(f"{name:<24} {min(seconds):8.2f} s best {median(seconds):8.2f} s median {sum(seconds):8.2f} s for all")
    print(f"{'all of it ÷ costing':<24} {(whole + sum(hiding) + sum(supposing)) / whole:8.2f}")
    counts = "select count(*), count(*) filter (operation = 5) from kernel_input"
    legs, late = connection.execute(counts).fetchall()[0]
    print(f"{'legs, of them late costs':<24} {legs:,} {late:,}")
    print(f"{'largest memory in use':<24} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:8.1f} GiB")


def main() -> None:
    for events in (1_000, int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000):  # the first one compiles
        print(f"-- {events:,} stock events")
        with tempfile.TemporaryDirectory() as folder:
            loaded = write(Path(folder), events)
            with Draft(Path(folder) / "tieout.duckdb") as draft:
                measure(draft, loaded)


if __name__ == "__main__":
    main()
