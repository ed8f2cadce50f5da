"""Forecasts of a company whose demand is written here, with errors planted in what was recorded of it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from tieout.forecasting import stability
from tieout.forecasting.forecasts import Cache
from tieout.settings import CompanySettings, Forecast, Settings
from tieout.store import sql_text

ITEMS, WEEKS, ORIGINS, HORIZON = 12, 40, 6, 4
SETTINGS = Settings(
    path=Path("tieout.toml"), company=CompanySettings(name="Test"),
    forecast=Forecast(horizon_weeks=HORIZON, origins=ORIGINS),
)  # fmt: skip
MODELS = {"smooth": "AutoETS", "erratic": "Theta", "intermittent": "CrostonSBA", "lumpy": "IMAPA"}
DAMAGE = """
    select recorded.restatement_change, recorded.wape - corrected.wape as wape, recorded.bias - corrected.bias as bias,
        recorded.wapc - corrected.wapc as wapc
    from forecast_stability as recorded join forecast_stability as corrected using (level)
    where level = 'total' and recorded.book = $book and corrected.book = 'corrected'
"""


def company(double: float = 0, late: float = 0) -> duckdb.DuckDBPyConnection:
    """Weekly demand of items: the share ``double`` of its weeks is booked twice, ``late`` of them two weeks late."""
    random = np.random.default_rng(11)
    demand = pd.DataFrame(
        [(f"item {item:02}", week) for item in range(ITEMS) for week in range(1, WEEKS + 1)], columns=["sku", "week"]
    ).assign(units=1.0 + random.negative_binomial(2, 0.2, ITEMS * WEEKS), in_corrected=True)
    drawn_double, drawn_late = random.random((2, len(demand)))
    doubled = demand[drawn_double < double].assign(part="correction", family="sales")
    skus = sorted(set(demand.sku))
    frames = {
        "demand_parts": pd.concat([demand.assign(part="sold"), doubled.assign(units=-doubled.units)]),
        "late_demand": demand[drawn_late < late].assign(known_week=lambda frame: frame.week + 2, family=None),
        "stock_parts": pd.DataFrame({"sku": skus, "week": 0, "part": "stock", "family": "", "units": 1e6}).assign(
            in_corrected=True
        ),
        "weeks": pd.DataFrame({"number": range(1, WEEKS + 1)}),
        "forecast_items": pd.DataFrame(
            {"sku": skus, "class": list(MODELS) * (ITEMS // 4), "abc": "A", "status": "forecast", "first_week": 1}
        ).assign(model=lambda frame: frame["class"].map(MODELS)),
        "forecast_scope": pd.DataFrame({"status": ["forecast"], "last_origin": WEEKS - HORIZON, "origins": ORIGINS}),
    }
    connection = duckdb.connect()
    for name, frame in frames.items():
        connection.register("frame", frame)
        connection.execute(f"create table {name} as from frame")
    history = f"select *, 'corrected' as book from ({sql_text('forecasting/history')})"
    connection.execute(
        f"create table demand_history as {history}", {"corrected": ["sales"], "skus": None, "origins": None}
    )
    return connection


def made(connection: duckdb.DuckDBPyConnection, cache: Cache | None = None) -> duckdb.DuckDBPyConnection:
    stability.make(connection, SETTINGS, cache or Cache(), lambda step: None)
    return connection


def damage(connection: duckdb.DuckDBPyConnection, book: str) -> dict[str, float]:
    row = connection.execute(DAMAGE, {"book": book}).fetchall()[0]
    return dict(zip(("restatement_change", "wape", "bias", "wapc"), row, strict=True))


@pytest.fixture(scope="module")
def clean() -> duckdb.DuckDBPyConnection:
    return made(company())


def test_without_errors_forecasts_are_identical_and_nothing_is_damaged(clean: duckdb.DuckDBPyConnection) -> None:
    differing = """
        select count(*) from forecasts as recorded join forecasts as corrected using (sku, origin, week)
        where recorded.book in ('recorded', 'as_of') and corrected.book = 'corrected'
            and recorded.units <> corrected.units
    """
    assert clean.execute(differing).fetchall() == [(0,)]
    assert set(damage(clean, "recorded").values()) == {0} == set(damage(clean, "as_of").values())


def test_every_book_has_the_same_forecasts_to_be_judged_by(clean: duckdb.DuckDBPyConnection) -> None:
    counts = clean.sql(
        "select book, count(*), count(distinct (sku, origin, week)) from forecasts group by all order by all"
    )
    number = ITEMS * ORIGINS * HORIZON
    assert counts.fetchall() == [(book, number, number) for book in ("as_of", "benchmark", "corrected", "recorded")]
    assert clean.sql("select min(origin), max(origin), max(week) from forecasts").fetchall() == [
        (WEEKS - HORIZON - ORIGINS + 1, WEEKS - HORIZON, WEEKS)
    ]
    models = clean.sql(
        "select distinct class, forecasts.model from forecasts join forecast_items using (sku) where book = 'corrected'"
    )
    assert dict(models.fetchall()) == MODELS


def test_damage_grows_with_the_share_of_sales_booked_twice(clean: duckdb.DuckDBPyConnection) -> None:
    several = [
        damage(clean, "recorded"),
        *(damage(made(company(double=rate)), "recorded") for rate in (0.02, 0.1, 0.4)),
    ]
    for measure in ("restatement_change", "wape", "bias"):
        values = [each[measure] for each in several]
        assert values == sorted(values)
        assert values[0] == 0 < values[1]
    assert several[-1]["bias"] > 0.3  # sales booked twice promise demand that will not come


def test_late_postings_reach_only_the_book_as_it_was_known() -> None:
    late = made(company(late=0.3))
    assert set(damage(late, "recorded").values()) == {0}
    assert damage(late, "as_of")["bias"] < 0 < damage(late, "as_of")["restatement_change"]


def test_value_added_is_against_the_benchmark_and_the_correction_adds_the_difference() -> None:
    connection = made(company(double=0.4))
    found = {
        book: (wape, added)
        for book, wape, added in connection.execute(
            "select book, wape, forecast_value_added from forecast_stability where level = 'total'"
        ).fetchall()
    }
    assert found["benchmark"][1] == 0
    assert found["corrected"][1] == found["benchmark"][0] - found["corrected"][0]
    assert found["corrected"][1] - found["recorded"][1] == pytest.approx(found["recorded"][0] - found["corrected"][0])


def test_same_histories_same_bytes_and_no_forecast_twice(clean: duckdb.DuckDBPyConnection) -> None:
    cache = Cache()
    tables = []
    for threads in (1, 4):
        connection = company()
        connection.execute(f"set threads = {threads}")
        tables.append([made(connection, cache).sql(f"from {name}").fetchall() for name in stability.TABLES])
    assert tables[0] == tables[1] == [clean.sql(f"from {name}").fetchall() for name in stability.TABLES]
    assert len(cache.used) == 2 * ITEMS * ORIGINS  # three books of equal histories, and the benchmark


def test_where_nothing_is_forecast_the_tables_are_there_and_empty() -> None:
    connection = company()
    connection.execute("update forecast_scope set status = 'short_history', origins = 0, last_origin = null")
    made(connection)
    for name in stability.TABLES:
        assert connection.sql(f"from {name}").fetchall() == []
