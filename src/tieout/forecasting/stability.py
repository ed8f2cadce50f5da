"""Forecasts from each book's history at rolling origins, and how good and how steady they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import numpy as np
import pyarrow as pa

from tieout.forecasting import histories
from tieout.forecasting.forecasts import BENCHMARK, Cache, FloatArray, Progress, fitted_model, forecast
from tieout.forecasting.histories import Histories
from tieout.settings import Settings
from tieout.store import create_table, create_view

_VIEWS = ("forecast_scales", "forecast_pairs", "forecast_comparisons")
TABLES = ("forecasts", "forecast_measures", "forecast_stability", "forecast_classes")


def make(connection: duckdb.DuckDBPyConnection, settings: Settings, cache: Cache, progress: Progress) -> None:
    """Make ``forecasts``, ``forecast_stability`` and ``forecast_classes``; without rows where nothing is forecast."""
    create_table(connection, f"forecasting/{TABLES[0]}")
    for book, known in _books(connection):
        _forecast(connection, settings, book, known, cache, progress)
    for name in _VIEWS:
        create_view(connection, f"forecasting/{name}")
    for name in TABLES[1:]:
        create_table(connection, f"forecasting/{name}")


def _books(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, list[Histories]]]:
    """Each book's histories at each origin, the oldest first; their width is the number of the origin's week."""
    scope = connection.execute("select last_origin, origins from forecast_scope where status = 'forecast'").fetchall()
    for last, number in scope:
        origins = range(last - number + 1, last + 1)
        every = [family for group in histories.families(connection) for family in group]
        recorded, corrected = (histories.read(connection, families) for families in ([], every))
        yield "as_of", [histories.read(connection, [], origin) for origin in origins]
        yield "recorded", [_until(recorded, origin) for origin in origins]
        yield "corrected", [_until(corrected, origin) for origin in origins]
        yield "benchmark", [_until(corrected, origin) for origin in origins]


def _until(known: Histories, origin: int) -> Histories:
    return replace(known, demand=known.demand[:, :origin], on_hand=known.on_hand[:, :origin])


def _forecast(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    book: str,
    known: list[Histories],
    cache: Cache,
    progress: Progress,
) -> None:
    """Add a book's forecasts to the table: the model of each item is the same in every book but the benchmark."""
    models = dict(connection.execute("select sku, model from forecast_items where status = 'forecast'").fetchall())
    cases = [
        (sku, at.demand.shape[1], BENCHMARK if book == "benchmark" else models[sku], demand[first:])
        for at in known for sku, first, demand in zip(at.skus, at.first, at.demand, strict=True)
        if first < at.demand.shape[1]
    ]  # fmt: skip
    horizon, season = settings.forecast.horizon_weeks, settings.forecast.season_weeks
    values = forecast(
        [history for *_, history in cases],
        [model for *_, model, _ in cases],
        horizon,
        cache,
        season,
        progress=lambda step: progress(f"{step} ({book.replace('_', ' ')})"),
    )
    _keep(connection, book, [(sku, at, fitted_model(model, len(y), season)) for sku, at, model, y in cases], values)


def _keep(
    connection: duckdb.DuckDBPyConnection, book: str, cases: list[tuple[str, int, str]], values: FloatArray
) -> None:
    horizon = values.shape[1]
    skus, origins, models = zip(*cases, strict=True)
    made = pa.table({
        "sku": pa.array(skus).take(pa.array(np.repeat(np.arange(len(cases)), horizon))),
        "origin": np.repeat(np.array(origins), horizon),
        "horizon": np.tile(np.arange(1, horizon + 1), len(cases)),
        "model": pa.array(models).take(pa.array(np.repeat(np.arange(len(cases)), horizon))),
        "units": values.ravel(),
    })  # fmt: skip
    connection.register("made", made)
    connection.execute(
        """
        insert into forecasts
        select sku, ?, origin, origin + horizon, horizon, model, units from made order by sku, origin, horizon
        """,
        [book],
    )
    connection.unregister("made")
