"""The model that learns from all items: honest about time, the same twice, and moved by errors alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest

from forecasting import test_stability as written
from tieout import settings as configuration
from tieout.errors import ConfigError
from tieout.forecasting import histories, learning, stability
from tieout.forecasting.forecasts import Cache
from tieout.settings import Forecast

HORIZON = 4
SETTINGS = written.SETTINGS.model_copy(
    update={"forecast": Forecast(horizon_weeks=HORIZON, origins=written.ORIGINS, learning=True)}
)


def made(connection: duckdb.DuckDBPyConnection, cache: Cache | None = None) -> duckdb.DuckDBPyConnection:
    stability.make(connection, SETTINGS, cache or Cache(), lambda step: None)
    return connection


def panel(items: int = 9, weeks: int = 30) -> np.ndarray:
    """Demand of items that begin one after the other, the last of which are never in demand or not there yet."""
    demand = np.random.default_rng(5).poisson(6.0, (items, weeks)).astype(float)
    for item in range(items):
        demand[item, :item] = np.nan
    demand[-2] = 0
    demand[-1] = np.nan
    return demand


def forecast(*panels: np.ndarray, cache: Cache | None = None, season: int = 52) -> list[np.ndarray]:
    return learning.forecast(panels, HORIZON, cache or Cache(), season)


@pytest.fixture(scope="module")
def erring() -> Iterator[duckdb.DuckDBPyConnection]:
    with made(written.company(double=0.1, late=0.1)) as connection:
        yield connection


def measured(connection: duckdb.DuckDBPyConnection, book: str) -> dict[str, float]:
    query = "select columns(* exclude (level, sku)) from forecast_stability where level = 'total' and book = $book"
    (row,) = connection.sql(query, params={"book": book}).to_arrow_table().to_pylist()
    return dict(row)


def test_every_item_that_has_begun_has_a_forecast() -> None:
    (ahead,) = forecast(panel())
    assert ahead.shape == (9, HORIZON)
    assert (ahead[:-2] > 0).all()
    assert (ahead[-2] == 0).all()
    assert np.isnan(ahead[-1]).all()
    assert np.array_equal(ahead, ahead.round(4), equal_nan=True)
    assert forecast() == []


@pytest.mark.parametrize("weeks", [0, 1, 2])
def test_a_company_of_a_few_weeks_does_not_fail(weeks: int) -> None:
    (ahead,) = forecast(panel()[:, :weeks])
    begun = np.arange(9) < weeks
    begun[-1], begun[-2] = False, weeks > 0
    assert np.array_equal(np.isnan(ahead).all(axis=1), ~begun)


def test_the_season_that_all_items_share_is_learnt() -> None:
    weeks = np.arange(48)
    level = np.array([[10.0], [40.0], [90.0]] * 20)
    demand = level * np.where(weeks % 12 == 11, 3.0, 1.0)  # a peak every twelfth week, in items of any size
    (ahead,) = forecast(demand[:, :44], season=12)
    assert (np.abs(ahead / (level * [1, 1, 1, 3]) - 1) < 0.2).all()


@pytest.mark.parametrize("growth", [0.5, 1.0, 2.0])
def test_demand_that_has_grown_or_shrunk_is_forecast_without_bias(growth: float) -> None:
    """Items of all sizes, whose demand changed for good halfway: their mean until then is not where they return to."""
    random = np.random.default_rng(3)
    level = random.lognormal(2, 1.2, (300, 1)) * np.where(np.arange(60) < 30, 1.0, growth)
    demand = random.negative_binomial(1, 1 / (1 + level)).astype(float)
    (ahead,) = forecast(demand)
    assert ahead.sum() == pytest.approx(HORIZON * level[:, -1].sum(), rel=0.05)


def test_items_that_stand_still_after_their_first_week_are_forecast_by_their_mean() -> None:
    demand = np.zeros((3, 10))
    demand[:, 0] = [1, 2, 3]
    (ahead,) = forecast(demand)
    assert (ahead == demand.mean(axis=1).round(4)[:, None]).all()


def test_equal_panels_are_learnt_from_once_and_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache()
    first, other, again = forecast(panel(), panel()[:, :-1], panel(), cache=cache)
    assert first.tobytes() == again.tobytes() != other.tobytes()
    assert len(cache.used) == 2
    connection = duckdb.connect()
    cache.write(connection)
    monkeypatch.setitem(sys.modules, "lightgbm", None)  # nothing is learnt again
    (remembered,) = forecast(panel(), cache=Cache.read(connection))
    assert remembered.tobytes() == first.tobytes()
    monkeypatch.setattr(learning, "_CODE", "another way to learn")
    with pytest.raises(ImportError):
        forecast(panel(), cache=Cache.read(connection))


def test_the_same_bytes_without_what_is_remembered() -> None:
    assert forecast(panel())[0].tobytes() == forecast(panel())[0].tobytes()


def test_an_error_in_one_item_moves_the_forecasts_of_others() -> None:
    demand = panel(40, 60)
    wrong = demand.copy()
    wrong[0, 30:] *= 4
    right, moved = forecast(demand, wrong)
    assert (right[1:30] != moved[1:30]).any()


def test_no_week_after_the_origin_changes_a_forecast(erring: duckdb.DuckDBPyConnection) -> None:
    connection = written.company(double=0.1, late=0.1)
    origin = written.WEEKS - HORIZON
    connection.execute("update demand_parts set units = units * 9 where week > ?", [origin])
    connection.execute("update late_demand set units = units * 9 where week > ?", [origin])
    query = "select * from forecasts where book like 'learning_%' and origin <= ? order by all"
    known = erring.execute(query, [origin]).fetchall()
    assert len(known) == 3 * written.ITEMS * written.ORIGINS * HORIZON
    assert made(connection).execute(query, [origin]).fetchall() == known


def test_without_errors_nothing_is_restated() -> None:
    with made(written.company()) as clean:
        for book in ("learning_as_of", "learning_recorded"):
            assert measured(clean, book) == {**measured(clean, "learning_corrected"), "book": book}
            assert measured(clean, book)["restatement_change"] == 0


def test_errors_are_measured_against_the_same_model_on_corrected_history(erring: duckdb.DuckDBPyConnection) -> None:
    query = """
        select sum(abs(was.units - now.units)) / sum((was.units + now.units) / 2)
        from forecasts as was join forecasts as now using (sku, origin, week)
        where was.book = 'learning_' || ? and now.book = 'learning_corrected'
    """
    for book in ("as_of", "recorded"):
        (expected,) = erring.execute(query, [book]).fetchall()[0]
        assert expected > 0
        assert measured(erring, f"learning_{book}")["restatement_change"] == pytest.approx(expected)
    assert measured(erring, "learning_corrected")["restatement_change"] == 0


def test_the_models_by_class_are_as_they_are_without_it(erring: duckdb.DuckDBPyConnection) -> None:
    alone = written.made(written.company(double=0.1, late=0.1))
    for name in stability.TABLES:
        rows = f"select * from {name} where book not like 'learning_%'"
        assert erring.execute(rows).fetchall() == alone.execute(rows).fetchall()


def test_items_in_batches_are_forecast_as_all_at_once(
    erring: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(histories, "_AT_ONCE", 5)
    with made(written.company(double=0.1, late=0.1)) as batched:
        for name in stability.TABLES:
            rows = f"from {name} order by all"
            assert batched.execute(rows).fetchall() == erring.execute(rows).fetchall()


def test_without_lightgbm_the_key_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    content = '[company]\nname = "Test"\n'
    learning.require(configuration.parse(Path("tieout.toml"), content))
    with pytest.raises(ConfigError) as raised:
        learning.require(configuration.parse(Path("tieout.toml"), f"{content}[forecast]\nlearning = true\n"))
    assert str(raised.value) == (
        f"{Path('tieout.toml').absolute()}: forecast.learning: LightGBM is not installed. "
        'Install it with: pip install "tieout[learning]", or leave the key out.'
    )
