"""The page on forecasts and purchasing, and its section for leaders: true for effects of any sign, and for none."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

import altair as alt
import pytest
from bs4 import BeautifulSoup

from reporting import played
from reporting.fake import HOSTILE, FakeCompany
from reporting.foreseen import HORIZON, ORIGINS, Foreseen
from reporting.test_notebooks import NO_VALUE, said
from tieout.charts import theme
from tieout.reporting import facts, forecast, purchasing
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage

PICTURES = ("forecast_fan", "forecast_stability", "margin_forecast", "purchasing_arms", "purchasing_causes")
NONE = Foreseen(status="short_history", message="12 weeks are too few: that takes 20. Histories are there.")
NO_ERRORS = Foreseen(lost=0, held=0, turn=0.0)
CASES = {
    "ordinary": Foreseen(), "leaner": Foreseen(held=-600), "better": Foreseen(lost=-400, turn=-0.1),
    "no errors": NO_ERRORS, "none": NONE, "no name": Foreseen(item=None),
    "hostile": Foreseen(item=HOSTILE, sku=HOSTILE),
}  # fmt: skip


@functools.cache
def page(case: str) -> str:
    return played.page(CASES[case], "2025-11", "forecast")


def told(company: FakeCompany, *tellers: Callable[[Facts], Passage]) -> str:
    known = facts.read(company, "2025-11")  # type: ignore[arg-type]
    return " ".join(said(f"<main>{teller(known).html}</main>") for teller in tellers)


def picture(company: Foreseen, name: str) -> alt.LayerChart:
    chart = getattr(company.charts, name)()
    assert isinstance(chart, alt.LayerChart)
    return chart


def rows(chart: alt.LayerChart, *columns: str) -> list[list[dict[str, Any]]]:
    """The data sets that have these columns."""
    return [data for data in chart.to_dict()["datasets"].values() if data and set(columns) <= set(data[0])]


@pytest.mark.parametrize("case", ["ordinary", "no errors", "none", "hostile"])
def test_the_page_says_no_more_than_the_figures(case: str) -> None:
    html = page(case)
    assert NO_VALUE.findall(said(html)) == []
    assert "<script>alert" not in html
    assert said(html, "h1") != ""


@pytest.mark.parametrize(
    ("lost", "held", "headline"),
    [
        (400, 600, "Wrong records lose $400 of margin and tie up $600 more in stock"),
        (400, -600, "Wrong records lose $400 of margin, while stock looks $600 better"),
        (400, 0, "Wrong records lose $400 of margin with the same stock"),
        (-400, 600, "Wrong records lose $400 less margin by tying up $600 more in stock"),
        (-400, -600, "Wrong records lose $400 less margin with $600 less stock"),
        (-400, 0, "Wrong records lose $400 less margin with the same stock"),
        (0, 600, "Wrong records lose no more margin but tie up $600 more in stock"),
        (0, -600, "Wrong records lose no more margin with $600 less stock"),
        (0, 0, "Wrong records change neither stock nor lost margin"),
    ],
)
def test_lost_margin_and_stock_are_told_together(lost: int, held: int, headline: str) -> None:
    text = told(Foreseen(lost=lost, held=held), purchasing.opening, purchasing.buying)
    assert f"{headline}, by simulation" in text
    assert ("Judged by stock alone the errors look good" in text) == (lost > 0 > held)
    assert "it is in no book" in text


def test_money_stands_with_its_interval_and_both_channels() -> None:
    text = said(page("ordinary"))
    assert "holds $600 too much and $0 too little on average, and loses $400 more margin" in text
    assert "(95%: +$200 to +$800)" in text
    assert "forecasts from a wrong history (+$100) and through wrong stock that is counted on (+$300)" in text
    assert "Return errors make most lost margin: $600 (95%: +$300 to +$1,200)." in text
    assert "Other causes are kit errors and transfer errors." in text


def test_the_interval_is_true_of_one_item_and_of_none_lost() -> None:
    text = told(Foreseen(lost=0, held=600), purchasing.opening)
    assert "loses no more margin than one with right records (the interval is not known)" in text


def test_without_errors_nothing_is_blamed() -> None:
    text = said(page("no errors"))
    assert "In 4 weeks a buyer with the records as they were orders what one with right records does." in text
    assert "Recorded and corrected history give the same forecasts. The forecast of a week changes by" in text
    assert "No group of causes makes the buyer lose margin or hold too much." in text
    assert "may be chance" not in text


def test_the_share_forecast_is_of_demand_in_all_weeks() -> None:
    assert "That is 96.4% of demand at cost." in told(Foreseen(), forecast.scope)  # 12 × 90 of that and 4 × 10


def test_forecasts_are_never_steady_alone() -> None:
    text = said(page("ordinary"))
    for change, error, bias in (("40.0%", "40.0%", "10.0% too low (bias)"), ("30.0%", "30.0%", "without bias")):
        assert (
            f"changes by {change} from one week to the next (WAPC), misses demand by {error} (WAPE) and is {bias}"
            in text
        )
    assert "lowers the error by 10.00 points" in text
    assert "raises the error by 10.00 points" in told(Foreseen(turn=-0.1), forecast.steadiness)


def test_what_is_lacking_is_said() -> None:
    html = page("none")
    assert said(html, "h1") == "A history of 12 weeks is too short for forecasts"
    text = said(html)
    assert NONE.message in text
    assert "Not forecast: 1 item is new; 1 item is too young, or in demand in one week only." in text
    assert html.count("<figure") == 0
    assert html.count("<table") == 1  # of the items, each with what it lacks
    assert [heading.text for heading in BeautifulSoup(html, "html.parser").select("h2")] == [
        "What can be forecast",
        "How far to trust this",
    ]


def test_a_company_without_forecasts_may_foresee_its_margin() -> None:
    company = Foreseen(status="off")
    assert said(played.page(company, "2025-11", "forecast"), "figure") == ""
    company.margin_forecast = Foreseen(status="forecast").margin_forecast  # type: ignore[method-assign]
    html = played.page(company, "2025-11", "forecast")
    assert html.count("<figure") == 1
    assert "The margin that was foreseen" in said(html, "main > h2")


def test_no_cause_of_the_period_leads_on_from_forecasts_of_all_weeks() -> None:
    html = page("ordinary")
    assert html.count("Source: ") == len(PICTURES) + 1
    assert "Drill down" not in html


@pytest.mark.parametrize(
    ("learning", "turn", "answer"),
    [
        (0.2, 0.1, "Yes: the errors move forecasts of a model that learns from all items (LightGBM) by 20.0%, those"),
        (0.05, 0.1, "No, less: the errors move forecasts of a model that learns from all items (LightGBM) by 5.0%,"),
        (0.1, 0.1, "No: the errors move"),
        (0.0, 0.0, "No: the errors move"),
    ],
)
def test_whether_a_model_that_learns_amplifies_errors_is_computed(learning: float, turn: float, answer: str) -> None:
    text = told(Foreseen(learning=learning, turn=turn), forecast.learning)
    assert text.startswith(answer)
    change = f"{0.3 + learning:.1%}"
    assert f"changes by {change} from one week to the next (WAPC), misses demand by {change} (WAPE) and is" in text


@pytest.mark.parametrize(
    ("learning", "sentence"),
    [
        (0.2, "It moves 1 of 1 item whose own history has no error that moves a forecast, by 20.0% on average"),
        (0.0, "It moves none of 1 item whose own history has no error that moves a forecast."),
    ],
)
def test_how_errors_reach_items_that_have_none_is_told(learning: float, sentence: str) -> None:
    assert sentence in told(Foreseen(learning=learning, turn=0.0), forecast.learning)


def test_without_a_model_that_learns_nothing_is_told_of_it() -> None:
    assert told(Foreseen(), forecast.learning) == ""
    assert "smarter" not in page("ordinary")
    html = played.page(Foreseen(learning=0.2), "2025-11", "forecast")
    assert "Does a smarter forecast amplify the errors?" in said(html, "main > h2")
    assert len(BeautifulSoup(html, "html.parser").select("#table-forecast-learning")) == 1


@pytest.mark.parametrize("status", ["off", "short_history", "no_units", "no_items"])
def test_each_reason_has_its_headline(status: str) -> None:
    assert Foreseen.message in told(Foreseen(status=status), purchasing.opening)


def test_leaders_get_a_paragraph_or_a_sentence_of_what_is_lacking() -> None:
    assert told(FakeCompany(), purchasing.summary) == "A history of 12 weeks is too short for forecasts."
    text = told(Foreseen(held=-600), purchasing.summary)
    assert "loses $400 more margin than one with right records" in text
    assert "Return errors lose most ($600). A simulation, thus an estimate: it is in no book." in text
    assert "Judged by stock alone the errors look good: $600 less is tied up." in text


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_drawn_twice_the_same(name: str) -> None:
    first, second = (theme.to_html(picture(CASES["hostile"], name)) for _ in range(2))
    assert first == second
    assert "<script>alert" not in first


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("case", CASES)
def test_each_picture_says_its_message_or_that_there_is_none(name: str, case: str) -> None:
    chart = picture(CASES[case], name)
    description = chart.to_dict()["description"]
    assert NO_VALUE.findall(description) == []
    if case == "none":
        assert len(rows(chart, "text")) == 1
    elif case != "no errors":
        assert len(re.findall(r"\d", description)) >= 4


@pytest.mark.parametrize(
    ("turn", "message"),
    [
        (0.1, "Correction makes forecasts steadier (40.0% → 30.0%) and closer to demand (40.0% → 30.0%)"),
        (0.0001, "Correction makes forecasts neither steadier nor closer"),
        (0.0, "Forecasts are the same, corrected or not"),
    ],
)
def test_forecasts_are_the_same_only_where_none_moves(turn: float, message: str) -> None:
    assert picture(Foreseen(turn=turn), "forecast_stability").to_dict()["description"].startswith(f"{message}.")


def test_the_fan_has_a_line_per_origin_and_the_same_demand_in_both_halves() -> None:
    fan = picture(Foreseen(), "forecast_fan")
    lines = rows(fan, "origin", "units", "place")
    assert [(len(line), len({row["origin"] for row in line})) for line in lines] == [(ORIGINS * HORIZON, ORIGINS)] * 2
    (demand,) = rows(fan, "half", "units")
    halves = {half: [row["units"] for row in demand if row["half"] == half] for half in ("as_of", "corrected")}
    assert halves["as_of"] == halves["corrected"]
    (then, right) = ({row["place"] for row in demand if row["half"] == half} for half in halves)
    assert max(then) < min(right)


def test_bars_of_causes_add_up_to_their_amounts() -> None:
    bars, *_ = rows(picture(Foreseen(), "purchasing_causes"), "history", "start", "end")
    assert [bar["name"] for bar in bars if bar["is_bold"]] == ["Lost margin, all causes", "Overstock, all causes"]
    for bar in bars:
        assert bar["end"] == bar["amount"]  # on top of each other, since both channels have one sign here
        assert bar["start"] == bar["history"]
    assert "Entries not booked yet" not in {bar["name"] for bar in bars}


def test_planners_see_drift_flip_flops_and_the_items_of_most_usage() -> None:
    soup = BeautifulSoup(page("ordinary"), "html.parser")
    usage, whole = (
        [" ".join(row.get_text(" ", strip=True).split()) for row in soup.select(f"#table-{name} tbody tr")]
        for name in ("forecast-usage", "forecast-measures")
    )
    assert usage == ["A, 1 item 40.0% −10.0% 40.0% 40.0% 30.0% 0.0% 30.0% 30.0%"]
    assert "Net drift 40.0% 40.0% 30.0% 30.0%" in whole
    assert "Flip-flops 40.0% 40.0% 30.0% 30.0%" in whole
