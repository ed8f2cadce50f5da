"""The pictures and the page of the close: what they say, drawn twice alike, and words where there is nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest

import companies
import tieout
from measures.conftest import Planted
from measures.test_close import ONE_SALE
from tieout.charts import close, ends, exceptions, labour, theme, wording
from tieout.reporting.run import report

NAMES = ("labour", "labour_trend", "growth", "range_width", "close", "exceptions", "integrity")
WORDS = {
    "labour": "No difference takes any work.",
    "growth": "No distortion to measure growth by.",
    "close": "No period has a closing date.",
    "exceptions": "No exception is open.",
}


def picture(company: tieout.Company, name: str) -> alt.LayerChart:
    chart = getattr(company.charts, name)()
    assert isinstance(chart, alt.LayerChart)
    return chart


def rows(chart: alt.LayerChart, *columns: str) -> list[dict[str, Any]]:
    """The rows of the longest data set that has these columns."""
    tables = [data for data in chart.to_dict()["datasets"].values() if data and set(columns) <= set(data[0])]
    return max(tables, key=len)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> tieout.Company:
    """A company with one receipt, rightly booked."""
    return companies.reconcile(companies.write(tmp_path_factory.mktemp("quiet"), ONE_SALE))


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_says_its_message_and_is_drawn_twice_the_same(planted: Planted, name: str) -> None:
    description = picture(planted.company, name).to_dict()["description"]
    assert len(re.findall(r"\d", description)) >= 3
    assert theme.to_html(picture(planted.company, name)) == theme.to_html(picture(planted.company, name))


@pytest.mark.parametrize("name", NAMES)
def test_where_there_is_nothing_words_stand(quiet: tieout.Company, name: str) -> None:
    chart = picture(quiet, name)
    assert 'alt="' in theme.to_html(chart)
    if name in WORDS:
        assert rows(chart, "text")[0]["text"] == WORDS[name]


def test_hours_are_called_an_estimate_and_stack_to_their_sum(planted: Planted) -> None:
    chart = picture(planted.company, "labour")
    assert "(estimate)" in chart.to_dict()["title"]["text"]
    assert "People noted 31 hours in the close log" in chart.to_dict()["description"]
    bars = rows(chart, "label", "name", "start", "end")
    table = planted.company.labour(end="2025-03")
    hours = table[~table["is_measured"]].groupby("period")["hours"].sum()
    tops = pd.DataFrame(bars).groupby("label", sort=False)["end"].max()
    assert list(tops) == pytest.approx([float(value) for value in hours])
    assert {bar["start"] for bar in bars if bar["name"] == labour.ACTIVITIES["look"][0]} == {0}
    assert len({colour for _, colour in labour.ACTIVITIES.values()}) == len(labour.ACTIVITIES)


def test_days_to_close_stand_beside_the_reference_lines(planted: Planted) -> None:
    chart = picture(planted.company, "close")
    assert {row["days"] for row in rows(chart, "zero", "days")} == {8}
    lines = next(data for data in chart.to_dict()["datasets"].values() if data[0].get("text") == "best quarter 4.8")
    assert [row["days"] for row in lines] == list(close.REFERENCES.values()) == [4.8, 6.4, 10.0]


def test_the_ages_hold_every_exception(planted: Planted) -> None:
    bars = rows(picture(planted.company, "exceptions"), "amount", "name", "top")
    counts = [int(re.search(r"\((\d+)\)", bar["text"])[1]) for bar in bars]  # type: ignore[index]
    assert sum(counts) == len(planted.company.exceptions())
    assert sum(bar["amount"] for bar in bars) == pytest.approx(float(sum(planted.company.exceptions()["amount"])))
    assert {bar["zero"] for bar in bars} == {0}


def test_bounds_of_age_lie_where_they_say() -> None:
    table = pd.DataFrame({"age_days": [30, 31, 366], "amount": [1, 2, 4]})
    bars = rows(exceptions.draw(table, currency="USD"), "name", "amount")
    shown = {bar["name"]: bar["amount"] for bar in bars if bar["amount"]}
    assert shown == {"366 days and more": 4, "31 to 60 days": 2, "0 to 30 days": 1}


def test_the_trend_runs_through_the_points(planted: Planted) -> None:
    title = picture(planted.company, "labour_trend").to_dict()["title"]["text"]
    assert title == "Estimated hours per 1,000 events: too few periods for a trend (n = 3)"


def test_the_notebook_runs_and_says_what_is_open(planted: Planted, tmp_path: Path) -> None:
    page = report(planted.company.database, tmp_path, "close_and_labour", period="2025-02").read_text(encoding="utf-8")
    row = planted.company.close(start="2025-02", end="2025-02").iloc[0]
    assert f"February 2025: {row['open_exceptions']:,} exceptions are open" in page
    assert "It was closed 8 days after its end" in page
    assert "(estimate)" in page
    assert page.count('<figure class="tieout-chart') == len(NAMES)
    assert "Traceback" not in page


def test_the_notebook_of_a_quiet_company_runs_too(quiet: tieout.Company, tmp_path: Path) -> None:
    page = report(quiet.database, tmp_path, "close_and_labour").read_text(encoding="utf-8")
    assert "January 2025: no exception is open" in page
    assert "is not closed" in page
    assert "no trial balance" in page


def test_names_beside_a_bar_never_touch() -> None:
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, 100]))
    chart = ends.names(["a", "b", "c"], [50, 50, 1], ["#000"] * 3, y=y, domain=100, height=250)
    places = {row["text"]: row["place"] for row in rows(alt.LayerChart(layer=[chart]), "place")}
    assert places["c"] == pytest.approx(1)
    assert places["a"] == pytest.approx(50)
    assert places["b"] - places["a"] >= 6  # fifteen of 250 pixels


@pytest.mark.parametrize(("value", "text"), [(0.0004, "p < 0.001"), (0.0421, "p = 0.042"), (1.0, "p = 1.000")])
def test_a_chance_is_written_to_the_thousandth(value: float, text: str) -> None:
    assert wording.chance(value) == text
