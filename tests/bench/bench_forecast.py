"""How long it takes to forecast and to measure 1,000 weekly items at 12 origins from two histories each.

Run by hand: python tests/bench/bench_forecast.py [ITEMS]
"""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from tieout.forecasting import stability
from tieout.forecasting.forecasts import Cache
from tieout.forecasting.histories import Histories
from tieout.settings import CompanySettings, Settings
from tieout.store import create_table, create_view

WEEKS, ORIGINS = 130, 12
SETTINGS = Settings(path=Path("tieout.toml"), company=CompanySettings(name="Bench"))
# Share of items, chance of a week with demand, size of the negative binomial: about what brands have.
CLASSES = {
    "smooth": ("AutoETS", 0.20, 1.0, 8),
    "erratic": ("Theta", 0.15, 1.0, 0.7),
    "intermittent": ("CrostonSBA", 0.40, 0.4, 8),
    "lumpy": ("IMAPA", 0.25, 0.4, 0.7),
}


def draw(items: int) -> tuple[duckdb.DuckDBPyConnection, Histories, Histories]:
    """Corrected demand, and recorded demand that has lost 2 % of its weeks and counts 3 % of them twice."""
    random = np.random.default_rng(1)
    classes = random.choice(list(CLASSES), items, p=[share for _, share, *_ in CLASSES.values()])
    chance, size = (np.array([CLASSES[name][place] for name in classes])[:, None] for place in (2, 3))
    demand = random.negative_binomial(size, size / (size + 6), (items, WEEKS)) * (
        random.random((items, WEEKS)) < chance
    )
    errors = random.choice([0.0, 1.0, 2.0], demand.shape, p=[0.02, 0.95, 0.03])
    skus = tuple(f"item {item:05}" for item in range(items))
    corrected = Histories(skus, np.zeros(items, np.int64), demand.astype(float), np.zeros(demand.shape))
    connection = duckdb.connect()
    names = [(sku, name, CLASSES[name][0]) for sku, name in zip(skus, classes, strict=True)]
    connection.execute(
        "create table forecast_items (sku varchar, class varchar, model varchar, status varchar, abc varchar)"
    )
    connection.executemany("insert into forecast_items values (?, ?, ?, 'forecast', 'A')", names)
    weeks = [
        (sku, week + 1, units) for sku, row in zip(skus, demand.tolist(), strict=True) for week, units in enumerate(row)
    ]
    columns = {
        name: list(values) for name, values in zip(("sku", "week", "units"), zip(*weeks, strict=True), strict=True)
    }
    connection.register("drawn", pa.table(columns))
    connection.execute(
        """
        create table demand_history as
        select * replace (units::decimal(18, 4) as units), 'corrected' as book from drawn
        """
    )
    return connection, replace(corrected, demand=corrected.demand * errors), corrected


def timed(name: str, task: Callable[..., Any], *arguments: Any) -> None:
    start, before = time.perf_counter(), processors()
    task(*arguments)
    print(f"{name:<24} {time.perf_counter() - start:8.2f} s {processors() - before:8.2f} s processors")


def processors() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def measure(connection: duckdb.DuckDBPyConnection) -> None:
    for name in ("forecast_scales", "forecast_pairs", "forecast_comparisons"):
        create_view(connection, f"forecasting/{name}")
    for name in ("forecast_measures", "forecast_stability", "forecast_classes"):
        create_table(connection, f"forecasting/{name}")


def main() -> None:
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    connection, recorded, corrected = draw(items)
    horizon = SETTINGS.forecast.horizon_weeks
    origins = range(WEEKS - horizon - ORIGINS + 1, WEEKS - horizon + 1)
    create_table(connection, "forecasting/forecasts")
    books = {
        name: [stability.until(book, origin) for origin in origins]
        for name, book in (("recorded", recorded), ("corrected", corrected))
    }
    cache = Cache()
    print(f"{items:,} items, {WEEKS} weeks, {ORIGINS} origins, 2 histories each; the import of statsforecast counts")
    timed("forecast", stability.write, connection, SETTINGS, books, cache, lambda step: None)
    timed("measure", measure, connection)
    create_table(connection, "forecasting/forecasts")
    timed("forecast again", stability.write, connection, SETTINGS, books, cache, lambda step: None)
    timed("measure again", measure, connection)
    print(
        connection.sql(
            "select book, wape, bias, smapc, wapc, restatement_change from forecast_stability where level = 'total'"
        )
    )


if __name__ == "__main__":
    main()
