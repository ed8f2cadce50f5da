"""Forecasts from each book's history at rolling origins, and how good and how steady they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import repeat

import duckdb
import numpy as np
import pyarrow as pa

from tieout.forecasting import histories
from tieout.forecasting.forecasts import BENCHMARK, Cache, Progress, fitted_model, forecast
from tieout.forecasting.histories import Histories
from tieout.settings import Settings
from tieout.store import create_table, create_view

_VIEWS = ("forecast_scales", "forecast_pairs", "forecast_comparisons")
BOOKS = ("as_of", "recorded", "corrected", "benchmark")
TABLES = ("forecasts", "forecast_measures", "forecast_stability", "forecast_classes")


def make(connection: duckdb.DuckDBPyConnection, settings: Settings, cache: Cache, progress: Progress) -> None:
    """Make ``forecasts``, ``forecast_stability`` and ``forecast_classes``; without rows where nothing is forecast."""
    create_table(connection, f"forecasting/{TABLES[0]}")
    write(connection, settings, dict(_books(connection)), cache, progress)
    for name in _VIEWS:
        create_view(connection, f"forecasting/{name}")
    for name in TABLES[1:]:
        create_table(connection, f"forecasting/{name}")


def write(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    books: Mapping[str, Sequence[Histories]],
    cache: Cache,
    progress: Progress,
) -> None:
    """Add forecasts to the table, from each book's histories at each origin, whose week's number is their width.

    The model of an item is the same in every book but the benchmark.
    """
    models = dict(connection.execute("select sku, model from forecast_items where status = 'forecast'").fetchall())
    cases = [
        (sku, book, len(demand), BENCHMARK if book == BOOKS[-1] else models[sku], demand[first:])
        for book, known in books.items() for at in known
        for sku, first, demand in zip(at.skus, at.first, at.demand, strict=True) if first < len(demand)
    ]  # fmt: skip
    if not cases:
        return
    skus, names, origins, asked, known = zip(*cases, strict=True)
    horizon, season = settings.forecast.horizon_weeks, settings.forecast.season_weeks
    values = forecast(known, asked, horizon, cache, season, progress=progress)
    each = pa.array(np.repeat(np.arange(len(cases)), horizon))
    made = pa.table({
        "sku": pa.array(skus).take(each),
        "book": pa.array(names).take(each),
        "origin": pa.array(origins).take(each),
        "horizon": np.tile(np.arange(1, horizon + 1), len(cases)),
        "model": pa.array(map(fitted_model, asked, map(len, known), repeat(season))).take(each),
        "units": values.ravel(),
    })  # fmt: skip
    connection.register("made", made)
    connection.execute(
        """
        insert into forecasts
        select sku, book, origin, origin + horizon, horizon, model, units from made order by book, sku, origin, horizon
        """
    )
    connection.unregister("made")


def until(known: Histories, origin: int) -> Histories:
    """Histories that end with the week of that number."""
    return replace(known, demand=known.demand[:, :origin], on_hand=known.on_hand[:, :origin])


def _books(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, list[Histories]]]:
    """Each book's histories at each origin, the oldest first."""
    scope = connection.execute("select last_origin, origins from forecast_scope where status = 'forecast'").fetchall()
    for last, number in scope:
        origins = range(last - number + 1, last + 1)
        every = [family for group in histories.families(connection) for family in group]
        recorded, corrected = (histories.read(connection, families) for families in ([], every))
        as_of = [histories.read(connection, [], origin) for origin in origins]
        ended = ([until(book, origin) for origin in origins] for book in (recorded, corrected, corrected))
        yield from zip(BOOKS, (as_of, *ended), strict=True)
