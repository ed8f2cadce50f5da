"""Forecasts from each book's history at rolling origins, and how good and how steady they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import duckdb
import numpy as np
import pyarrow as pa

from tieout.forecasting import histories, learning
from tieout.forecasting.forecasts import BENCHMARK, Cache, FloatArray, Progress, fitted_model, forecast
from tieout.forecasting.histories import Histories
from tieout.settings import Settings
from tieout.store import create_table, create_view

_VIEWS = ("forecast_scales", "forecast_pairs", "forecast_comparisons")
BOOKS = ("as_of", "recorded", "corrected", "benchmark")
_LEARNING = "learning_"  # and the name of a book: what one model forecasts that learns from all items of that book
TABLES = ("forecasts", "forecast_measures", "forecast_stability", "forecast_classes")


def make(connection: duckdb.DuckDBPyConnection, settings: Settings, cache: Cache, progress: Progress) -> None:
    """Make ``forecasts``, ``forecast_stability`` and ``forecast_classes``; without rows where nothing is forecast."""
    create_table(connection, f"forecasting/{TABLES[0]}")
    learnt: list[dict[str, list[Histories]]] = []
    for some in histories.batches(connection):
        books = dict(_books(connection, some))
        write(connection, settings, books, cache, progress)
        if settings.forecast.learning:
            learnt.append(books)
    if learnt:
        _learn(connection, settings, _joined(learnt), cache, progress)
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
    horizon, season = settings.forecast.horizon_weeks, settings.forecast.season_weeks
    values = forecast(
        [known for *_, known in cases], [model for *_, model, _ in cases], horizon, cache, season, progress=progress
    )
    made = [(sku, book, origin, fitted_model(model, len(known), season)) for sku, book, origin, model, known in cases]
    _add(connection, made, values)


def _learn(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    books: Mapping[str, Sequence[Histories]],
    cache: Cache,
    progress: Progress,
) -> None:
    """Add the forecasts of the model that learns, from all items of each book's histories at each origin."""
    panels = [(f"{_LEARNING}{book}", at) for book in BOOKS[:-1] for at in books.get(book, [])]
    horizon, season = settings.forecast.horizon_weeks, settings.forecast.season_weeks
    made = learning.forecast([at.demand for _, at in panels], horizon, cache, season, progress)
    cases = [
        (sku, book, at.demand.shape[1], learning.MODEL, ahead)
        for (book, at), values in zip(panels, made, strict=True)
        for sku, first, ahead in zip(at.skus, at.first, values, strict=True) if first < at.demand.shape[1]
    ]  # fmt: skip
    _add(connection, [case[:-1] for case in cases], np.array([ahead for *_, ahead in cases]))


def _add(connection: duckdb.DuckDBPyConnection, cases: Sequence[tuple[str, str, int, str]], values: FloatArray) -> None:
    """Add forecasts to the table: each case's sku, book, origin and model, and its ``values`` from the next week on."""
    if not cases:
        return
    skus, books, origins, models = zip(*cases, strict=True)
    horizon = values.shape[1]
    each = pa.array(np.repeat(np.arange(len(cases)), horizon))
    made = pa.table({
        "sku": pa.array(skus).take(each),
        "book": pa.array(books).take(each),
        "origin": pa.array(origins).take(each),
        "horizon": np.tile(np.arange(1, horizon + 1), len(cases)),
        "model": pa.array(models).take(each),
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


def _joined(batches: Sequence[Mapping[str, Sequence[Histories]]]) -> dict[str, list[Histories]]:
    """The histories of all items, by book and origin."""
    return {
        book: [
            Histories(
                tuple(sku for part in parts for sku in part.skus),
                *(np.concatenate([getattr(part, name) for part in parts]) for name in ("first", "demand", "on_hand")),
            )
            for parts in zip(*(books[book] for books in batches), strict=True)
        ]
        for book in batches[0]
    }


def _books(connection: duckdb.DuckDBPyConnection, some: slice) -> Iterator[tuple[str, list[Histories]]]:
    """Each book's histories of some items at each origin, the oldest first."""
    scope = connection.execute("select last_origin, origins from forecast_scope where status = 'forecast'").fetchall()
    for last, number in scope:
        origins = range(last - number + 1, last + 1)
        every = [family for group in histories.families(connection) for family in group]
        recorded, corrected = (histories.read(connection, families, some=some) for families in ([], every))
        as_of = [histories.read(connection, [], origin, some) for origin in origins]
        ended = ([until(book, origin) for origin in origins] for book in (recorded, corrected, corrected))
        yield from zip(BOOKS, (as_of, *ended), strict=True)
