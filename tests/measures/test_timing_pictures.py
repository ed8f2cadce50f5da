"""The pictures of timing and what-if: they say their message, are drawn the same twice, and give words for nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest

from measures.conftest import Planted
from tieout.charts import cut_off_exposure, fixes, lags, rollover, theme, timing, what_if
from tieout.reporting.run import report

NAMES = ("timing", "rollover", "cut_off_exposure", "lags", "what_if", "fixes")
PERIOD = "2025-02"
HOSTILE = "</script><script>alert(1)</script>"


def picture(planted: Planted, name: str) -> alt.LayerChart:
    draw = getattr(planted.company.charts, name)
    chart = draw() if name in ("lags", "what_if", "fixes") else draw(PERIOD)
    assert isinstance(chart, alt.LayerChart)
    return chart


def rows(chart: alt.LayerChart, *columns: str) -> list[dict[str, Any]]:
    """The rows of the longest data set that has these columns."""
    tables = [data for data in chart.to_dict()["datasets"].values() if data and set(columns) <= set(data[0])]
    return max(tables, key=len)


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_says_its_message_and_is_drawn_the_same_twice(planted: Planted, name: str) -> None:
    chart = picture(planted, name)
    assert len(re.findall(r"\d", chart.to_dict()["description"])) >= 4
    assert theme.to_html(chart) == theme.to_html(picture(planted, name))


@pytest.mark.parametrize("name", ["timing", "rollover", "cut_off_exposure", "what_if", "fixes"])
def test_bars_start_at_zero(planted: Planted, name: str) -> None:
    bars = rows(picture(planted, name), "zero", "name", "text")
    assert {bar["zero"] for bar in bars} == {0}


def test_the_shifts_are_those_of_the_measure_up_to_the_period(planted: Planted) -> None:
    measure = planted.company.timing(end=PERIOD)
    bars = rows(picture(planted, "timing"), "end", "name")
    assert [bar["end"] for bar in bars] == [float(shift) for shift in measure["gross_profit_shifted"]]
    assert bars[-1]["name"] == "Feb 25"


def test_rollover_and_iron_curtain_stand_under_each_other_and_the_total_last(planted: Planted) -> None:
    bars = rows(picture(planted, "rollover"), "end", "is_balance")
    places = [(bar["top"], bar["is_balance"]) for bar in bars]
    assert places == sorted(places)
    assert {is_balance for _, is_balance in places} == {0, 1}
    assert bars[-1]["name"] == "All causes that reverse"


def test_the_intervals_stand_in_order(planted: Planted) -> None:
    bars = rows(picture(planted, "what_if"), "end", "name")
    assert [bar["name"].split(",")[0] for bar in bars] == [
        "Event by event", "Every 15 minutes", "Every hour", "Every day", "Every 7 days",
    ]  # fmt: skip
    assert bars[0]["end"] == 0


def test_hostile_names_stay_in_the_picture(planted: Planted) -> None:
    hops = planted.company.lags()
    html = theme.to_html(lags.draw(hops.assign(system=HOSTILE)))
    assert "<script>" not in html
    causes = dict.fromkeys(planted.company.causes()["cause"], HOSTILE)
    html = theme.to_html(rollover.draw(planted.company.rollover(), causes, period=PERIOD, currency="USD"))
    assert "<script>" not in html


def nothing(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every amount and count taken out."""
    numbers = [name for name in table.columns if table[name].dtype.kind in "iuf" or "decimal" in str(table[name].dtype)]
    kept = [name for name in numbers if name not in ("hours", "minutes")]
    return table.assign(**{name: [Decimal(0)] * len(table) for name in kept})


def test_where_there_is_nothing_words_stand(planted: Planted) -> None:
    company = planted.company
    charts = (
        timing.draw(nothing(company.timing()), period=PERIOD, currency="USD"),
        rollover.draw(nothing(company.rollover()), {}, period=PERIOD, currency="USD"),
        cut_off_exposure.draw(nothing(company.cut_off_exposure()), period=PERIOD, currency="USD"),
        lags.draw(nothing(company.lags())),
        what_if.draw(nothing(company.what_if()), currency="USD"),
        fixes.draw(nothing(company.what_if()), currency="USD"),
    )
    for chart in charts:
        assert rows(chart, "text")[0]["text"].startswith("No ")
        assert theme.to_html(chart)


def test_the_fixes_stand_under_the_ledger_as_it_is(planted: Planted) -> None:
    bars = rows(picture(planted, "fixes"), "end", "is_book")
    assert [bar["is_book"] for bar in bars] == [True] + [False] * (len(bars) - 1)
    left = [bar["end"] for bar in bars[1:]]
    assert left == sorted(left)


def test_the_notebook_tells_the_shift_of_the_period(planted: Planted, tmp_path: Path) -> None:
    page = report(planted.company.database, tmp_path, "timing", period=PERIOD).read_text("utf-8")
    shift = planted.company.timing(PERIOD, PERIOD)["gross_profit_shifted"].iloc[0]
    assert f"Timing makes the gross profit of February 2025 ${abs(shift):,.0f} too high" in page
    assert "measures/timing/what_if.sql" in page
    assert page.count("<figure") == len(NAMES)
