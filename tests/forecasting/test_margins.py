"""Margins of coming periods, predicted from books whose errors are written here."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import numpy as np
import pytest

from tieout.canonical.typing import define_macros
from tieout.forecasting import margins
from tieout.forecasting.forecasts import Cache
from tieout.settings import CompanySettings

Money = tuple[int, int]  # revenue and gross profit


def company(corrected: list[Money], errors: dict[str, dict[int, Money]], items: int = 500) -> duckdb.DuckDBPyConnection:
    """Predictions of a company's corrected periods, each cause of which had recorded so much more (by place)."""
    connection = duckdb.connect()
    define_macros(connection, CompanySettings(name="Test"))
    connection.execute(
        f"""
        create table settings as select {items} as forecast_items;
        create table periods as
            select 'P' || range as period, range + 1 as number, true as is_complete from range({len(corrected)});
        create table margin (
            period varchar, book varchar, revenue decimal(18, 2), gross_profit decimal(18, 2), gross_margin double
        );
        create table corrections (period varchar, role varchar, cause varchar, evidence varchar, amount decimal(18, 4))
        """
    )
    recorded = [list(money) for money in corrected]
    for cause, places in errors.items():
        for place, (revenue, profit) in places.items():
            recorded[place][0] += revenue
            recorded[place][1] += profit
            for role, amount in (("revenue", revenue), ("cogs", profit - revenue)):
                line = [f"P{place}", role, cause, "B", amount]
                connection.execute("insert into corrections values (?, ?, ?, ?, ?)", line)
    for book, series in (("corrected", corrected), ("recorded", recorded)):
        rows = [
            (f"P{place}", book, revenue, profit, profit / revenue if revenue else None)
            for place, (revenue, profit) in enumerate(series)
        ]
        connection.executemany("insert into margin values (?, ?, ?, ?, ?)", rows)
    margins.make(connection, Cache(), lambda step: None)
    return connection


def errors_of(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[Decimal, float]]:
    query = "select book, sum(abs(error)), sum(abs(error_points)) from margin_forecast group by book"
    return {book: (money, points) for book, money, points in connection.execute(query).fetchall()}


def test_example_by_hand() -> None:
    """Six periods earned 40 of 100 each, and so does the seventh; the first was booked 60 too high, all of it profit.

    The mean of six periods predicts 110 and 50 from the recorded ones, 100 and 40 from the corrected ones.
    """
    connection = company([(100, 40)] * 7, {"duplicate_sale": {0: (60, 60)}})
    rows = connection.sql("select * exclude (error_points, gross_margin) from margin_forecast").fetchall()
    assert rows == [
        ("P5", "P6", 1, "recorded", 110, 50, 100, 40, 0.4, 10),
        ("P5", "P6", 1, "corrected", 100, 40, 100, 40, 0.4, 0),
    ]
    points = connection.sql("select gross_margin, error_points from margin_forecast where book = 'recorded'").fetchall()
    assert points == [(50 / 110, pytest.approx(50 / 110 - 0.4))]
    shares = connection.sql("from margin_forecast_causes").fetchall()
    assert shares == [("duplicate_sale", 1, 10, 10, Decimal("0.054545"))]


@pytest.fixture(scope="module", params=[1, 10**9], ids=["dollars", "pesos"])
def drawn(request: pytest.FixtureRequest) -> duckdb.DuckDBPyConnection:
    """Fifteen periods with ten causes of errors; in one company as large as a currency of small units makes it."""
    random, unit = np.random.default_rng(4), request.param
    corrected = [(int(revenue) * unit, int(revenue * 0.4) * unit) for revenue in random.integers(8_000, 12_000, 15)]
    errors = {
        f"cause {cause}": {
            place: (int(random.integers(-500, 900)) * unit, int(random.integers(-300, 600)) * unit)
            for place in range(15)
        }
        for cause in range(10)
    }
    return company(corrected, errors)


def test_shares_of_causes_add_up_to_the_distortion(drawn: duckdb.DuckDBPyConnection) -> None:
    money, profit, points, causes = drawn.execute(
        "select sum(absolute_error), sum(gross_profit), sum(error_points), count(*) from margin_forecast_causes"
    ).fetchall()[0]
    errors = errors_of(drawn)
    predicted = dict(drawn.sql("select book, sum(gross_profit) from margin_forecast group by book").fetchall())
    assert causes == 8  # the seven largest, and all others
    assert money == errors["recorded"][0] - errors["corrected"][0] != 0
    assert profit == predicted["recorded"] - predicted["corrected"]
    assert float(points) == pytest.approx(errors["recorded"][1] - errors["corrected"][1], abs=1e-6 * 2 * 24)


def test_a_period_without_sales_has_no_margin_to_be_off() -> None:
    """Of three periods ahead one sells nothing and one takes back more than it sells."""
    connection = company([(100, 40)] * 7 + [(0, -5), (-20, -30)], {"duplicate_sale": {0: (60, 60), 3: (30, 30)}})
    errors = errors_of(connection)
    empty = connection.sql("select distinct period from margin_forecast where error_points is null").fetchall()
    assert empty == [("P7",)]
    [(points,)] = connection.sql("select error_points from margin_forecast_causes").fetchall()
    assert float(points) == pytest.approx(errors["recorded"][1] - errors["corrected"][1], abs=1e-6 * 6)
    assert points != 0


def test_every_origin_predicts_the_next_three_periods(drawn: duckdb.DuckDBPyConnection) -> None:
    targets = drawn.sql("select distinct origin, period, horizon from margin_forecast").fetchall()
    expected = {
        (f"P{last}", f"P{last + step}", step) for last in range(5, 14) for step in (1, 2, 3) if last + step < 15
    }
    assert set(targets) == expected


def test_books_without_errors_predict_the_same() -> None:
    connection = company([(100 + place, 40 + place) for place in range(12)], {})
    errors = errors_of(connection)
    assert errors["recorded"] == errors["corrected"]
    assert connection.sql("from margin_forecast_causes").fetchall() == []


@pytest.mark.parametrize(("periods", "start"), [
    (1, "1 complete period is too few"), (2, "2 complete periods are too few"),
    (7, "The margin of the next 3 periods is forecast after 1 period."),
    (8, "The margin of the next 3 periods is forecast after each of 2 periods."),
])  # fmt: skip
def test_the_scope_counts_in_words_that_agree(periods: int, start: str) -> None:
    connection = company([(100, 40)] * periods, {})
    assert connection.execute("select message from margin_forecast_scope").fetchall()[0][0].startswith(start)


@pytest.mark.parametrize(("periods", "items", "status"), [(6, 500, "short_history"), (12, 0, "off")])
def test_where_margin_is_not_forecast_the_reason_is_told(periods: int, items: int, status: str) -> None:
    connection = company([(100, 40)] * periods, {}, items)
    [(told, message)] = connection.sql("select status, message from margin_forecast_scope").fetchall()
    assert told == status
    assert message.endswith(("that takes 7.", "(forecast.items = 0)."))
    assert connection.sql("from margin_forecast").fetchall() == connection.sql("from margin_forecast_causes").fetchall()
