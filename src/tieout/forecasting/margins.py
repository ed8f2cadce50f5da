"""The margin of the next periods, predicted from recorded and from corrected history, and the share of each cause."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
from numpy.typing import NDArray

from tieout.forecasting.attribution import MOST_GROUPS, shapley
from tieout.forecasting.forecasts import Cache, FloatArray, Progress, forecast
from tieout.store import create_table, sql_text

TABLES = ("margin_forecast_scope", "margin_forecast", "margin_forecast_causes")
_MODEL = "AutoETS"
_OTHERS = "other causes"
_MILLIONTHS = 1_000_000
_RECORDED = """
    select minor_units(revenue), minor_units(gross_profit)
    from margin
    join periods using (period)
    where book = 'recorded' and is_complete
    order by periods.number
"""
_INTERMEDIATE = """
    create or replace temp table margin_predictions (
        origin integer, horizon integer, book varchar, revenue bigint, gross_profit bigint
    );
    create or replace temp table margin_shares (
        cause varchar, forecasts integer, absolute_error bigint, gross_profit bigint, error_points bigint
    )
"""

Amounts = NDArray[np.int64]  # the last axis: revenue and gross profit, in minor units


def make(connection: duckdb.DuckDBPyConnection, cache: Cache, progress: Progress) -> None:
    """Make ``margin_forecast``, ``margin_forecast_causes`` and their scope; without rows where periods are too few."""
    connection.execute(_INTERMEDIATE)
    create_table(connection, f"forecasting/{TABLES[0]}")
    query = "select fewest, horizon from margin_forecast_scope where status = 'forecast'"
    for fewest, horizon in connection.execute(query).fetchall():
        progress("forecasting margins")
        _predict(connection, fewest, horizon, cache)
    for name in TABLES[1:]:
        create_table(connection, f"forecasting/{name}")
    connection.execute("drop table margin_predictions; drop table margin_shares")


def _predict(connection: duckdb.DuckDBPyConnection, fewest: int, horizon: int, cache: Cache) -> None:
    recorded = np.array(connection.execute(_RECORDED).fetchall(), dtype=np.int64)
    periods = len(recorded)
    effects = _effects(connection, periods)
    corrected = recorded + sum(effects.values())
    # Each forecast that can be held against what came: after which period, how many ahead.
    targets = [
        (origin, step) for origin in range(fewest, periods) for step in range(1, min(horizon, periods - origin) + 1)
    ]
    actual = corrected[[origin + step - 1 for origin, step in targets]]

    def predicted(distorted: frozenset[str]) -> Amounts:
        others = [effect for cause, effect in effects.items() if cause not in distorted]
        return _forecast(recorded + sum(others), targets, horizon, cache)

    def figures(distorted: frozenset[str]) -> Amounts:
        made = predicted(distorted)
        profit = made[:, 1]
        points = np.rint(np.nan_to_num(np.abs(_margin(made) - _margin(actual))) * _MILLIONTHS)
        return np.stack([np.abs(profit - actual[:, 1]), profit, points.astype(np.int64)])

    for book, distorted in (("recorded", frozenset(effects)), ("corrected", frozenset[str]())):
        rows = [(*target, book, *map(int, money)) for target, money in zip(targets, predicted(distorted), strict=True)]
        connection.executemany("insert into margin_predictions values (?, ?, ?, ?, ?)", rows)
    for cause, shares in zip(effects, shapley(list(effects), figures), strict=True):
        values = [cause, len(targets), *map(int, shares.sum(axis=-1))]
        connection.execute("insert into margin_shares values (?, ?, ?, ?, ?)", values)


def _effects(connection: duckdb.DuckDBPyConnection, periods: int) -> dict[str, Amounts]:
    """What correcting each cause does, by period: the largest in gross profit, then all others as one."""
    rows = connection.execute(sql_text("forecasting/margin_effects")).fetchall()
    effects: dict[str, Amounts] = {}
    for number, cause, *money in sorted(rows):
        effects.setdefault(cause, np.zeros((periods, 2), dtype=np.int64))[number - 1] += money
    ranked = sorted(effects, key=lambda cause: (-int(np.abs(effects[cause][:, 1]).sum()), cause))
    named = ranked if len(ranked) <= MOST_GROUPS else ranked[: MOST_GROUPS - 1]
    groups = {cause: effects[cause] for cause in named}
    if len(named) < len(ranked):
        groups[_OTHERS] = np.sum([effects[cause] for cause in ranked[len(named) :]], axis=0)
    return groups


def _forecast(history: Amounts, targets: Sequence[tuple[int, int]], horizon: int, cache: Cache) -> Amounts:
    """Revenue and gross profit of each target: revenue less costs, either forecast from its own history."""
    origins = sorted({origin for origin, _ in targets})
    revenue, costs = history[:, 0], history[:, 0] - history[:, 1]
    histories = [series[:origin].astype(np.float64) for series in (revenue, costs) for origin in origins]
    values = forecast(histories, [_MODEL] * len(histories), horizon, cache).reshape(2, len(origins), horizon)
    whole = np.rint(values).astype(np.int64)
    return np.array([
        (whole[0, place, step - 1], whole[0, place, step - 1] - whole[1, place, step - 1])
        for origin, step in targets for place in [origins.index(origin)]
    ])  # fmt: skip


def _margin(money: Amounts) -> FloatArray:
    """Gross profit as a share of revenue; without revenue NaN."""
    margin: FloatArray = money[:, 1] / np.where(money[:, 0] == 0, np.nan, money[:, 0])
    return margin
