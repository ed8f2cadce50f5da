"""Forecasts of histories of every kind: complete, the same on any number of processes, and never made twice."""

from __future__ import annotations

import subprocess
import sys

import duckdb
import numpy as np
import pytest

from tieout.forecasting import forecasts
from tieout.forecasting.forecasts import BENCHMARK, FEWEST, Cache, fitted_model, forecast

MODELS = ("AutoETS", "Theta", "CrostonSBA", "IMAPA", BENCHMARK)


def histories() -> list[np.ndarray]:
    """Every length up to 15 and a long one, in every shape that has made a model fail somewhere."""
    random = np.random.default_rng(3)
    shapes = (
        lambda weeks: np.zeros(weeks),
        lambda weeks: np.full(weeks, 5.0),
        lambda weeks: np.r_[np.zeros(weeks - 1), 7.0],
        lambda weeks: np.r_[7.0, np.zeros(weeks - 1)],
        lambda weeks: random.poisson(3.0, weeks).astype(float),
        lambda weeks: np.arange(weeks)[::-1] * 1e6,
    )
    return [shape(weeks) for weeks in (*range(1, 16), 60) for shape in shapes]


def test_every_history_has_a_forecast_but_the_empty_one() -> None:
    cases = [(history, model) for history in histories() for model in MODELS]
    made = forecast([history for history, _ in cases], [model for _, model in cases], 8, Cache())
    assert np.isfinite(made).all()
    assert (made >= 0).all()
    assert not np.signbit(made).any()
    assert np.array_equal(made, made.round(4))
    assert np.isnan(forecast([np.array([])], ["AutoETS"], 8, Cache())).all()


def test_known_forecasts() -> None:
    year = np.arange(1.0, 53.0)
    made = forecast([np.array([1.0, 2, 6]), year, year[:20]], ["Theta", BENCHMARK, BENCHMARK], 2, Cache())
    assert made.tolist() == [[3, 3], [1, 2], [16.5, 16.5]]
    assert [fitted_model(BENCHMARK, weeks) for weeks in (FEWEST - 1, FEWEST, 51, 52)] == [
        "HistoricAverage",
        "WindowAverage",
        "WindowAverage",
        BENCHMARK,
    ]


def test_processes_change_no_bit() -> None:
    random = np.random.default_rng(5)
    some = [random.poisson(2.0, 40) + random.random(40) for _ in range(40)]
    alone, together = (forecast(some, MODELS * 8, 8, Cache(), jobs=jobs) for jobs in (1, 2))
    assert alone.tobytes() == together.tobytes()


def test_a_history_is_forecast_once_and_remembered_while_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = np.arange(20.0), np.ones(20)
    steps: list[str] = []
    cache = Cache()
    made = forecast([one, other, one], ["IMAPA"] * 3, 4, cache, progress=steps.append)
    assert steps == ["forecasting, 2 of 2 histories"]
    connection = duckdb.connect()
    cache.write(connection)
    again = Cache.read(connection)
    assert np.array_equal(forecast([one], ["IMAPA"], 4, again, progress=steps.append), made[:1])
    assert len(steps) == 1
    assert len(forecast([one, one], ["IMAPA", "AutoETS"], 5, again, progress=steps.append)) == 2
    assert steps[1:] == ["forecasting, 2 of 2 histories"]  # another horizon is another forecast
    with monkeypatch.context() as code:
        code.setattr(forecasts, "_CODE", "another way to forecast")
        forecast([one], ["IMAPA"], 4, Cache.read(connection), progress=steps.append)
    assert len(steps) == 3
    again.write(connection)
    assert connection.execute("select count(*) from forecast_cache").fetchall() == [(3,)]
    Cache().write(connection)
    assert Cache.read(connection) == Cache()


def test_statsforecast_is_imported_only_to_forecast() -> None:
    program = """
import sys
import numpy as np
from tieout.forecasting import forecasts
cache = forecasts.Cache()
setting = f"AutoETS 8 52 {forecasts.metadata.version('statsforecast')} {forecasts._CODE}"
digest = forecasts.digest_of(setting, np.ones(9))
cache.known[digest] = np.ones(8)
forecasts.forecast([np.ones(9)], ["AutoETS"], 8, cache)
forecasts.forecast([], [], 8, cache)
assert "statsforecast" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
