"""The pictures: what they say, that they are exact, and that nothing in the data can break or escape them."""

from __future__ import annotations

import base64
import itertools
import json
import re
from typing import Any

import altair as alt
import pytest

from reporting.fake import HOSTILE, FakeCompany
from tieout import charts
from tieout.charts import theme

PERIOD = "2025-11"
NAMES = ("margin", "margin_bridge", "channel_margin", "inventory", "cash")
EMPTY = FakeCompany(flawless=True, channels=(), without_sales=tuple(f"2025-{month:02}" for month in range(1, 13)))


def picture(name: str, company: FakeCompany | None = None, period: str | None = PERIOD) -> alt.LayerChart:
    chart = getattr((company or FakeCompany()).charts, name)(period)
    assert isinstance(chart, alt.LayerChart)
    return chart


def rows(chart: alt.LayerChart, *columns: str) -> list[dict[str, Any]]:
    """The rows of the longest data set that has these columns."""
    tables = [data for data in chart.to_dict()["datasets"].values() if data and set(columns) <= set(data[0])]
    return max(tables, key=len)


def all_marks(chart: alt.LayerChart) -> list[dict[str, Any]]:
    return [layer["mark"] for layer in chart.to_dict()["layer"]]


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_says_its_message_without_being_seen(name: str) -> None:
    description = picture(name).to_dict()["description"]
    assert "November 2025" in description
    assert len(re.findall(r"\d", description)) >= 4


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_is_drawn_twice_and_always_the_same(name: str) -> None:
    first, second = theme.to_html(picture(name)), theme.to_html(picture(name))
    assert first == second
    drawings = [base64.b64decode(text).decode() for text in re.findall(r"svg\+xml;base64,([^\"]+)", first)]
    widths = [int(re.search(r'width="(\d+)"', drawing)[1]) for drawing in drawings]  # type: ignore[index]
    assert widths == [theme.NARROW, theme.WIDE]
    assert all("Liberation Sans" in drawing for drawing in drawings)
    assert "2025-11" not in re.sub(r"<script.*", "", first)


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_stay_in_the_picture(name: str) -> None:
    company = FakeCompany(channels=(HOSTILE, '"];alert(1);["', ""), name=HOSTILE)
    html = theme.to_html(picture(name, company))
    body, _, spec = html.partition('<script type="application/json" class="tieout-spec">')
    assert "<script" not in body
    assert spec.count("<") == 2  # the ends of the script and of the figure
    assert spec.endswith("</script></figure>")
    assert json.loads(spec.removesuffix("</script></figure>"))["description"]


@pytest.mark.parametrize("name", NAMES)
def test_where_there_is_nothing_words_stand(name: str) -> None:
    assert 'alt="' in theme.to_html(picture(name, EMPTY))
    if name not in ("margin_bridge", "inventory"):
        assert rows(picture(name, EMPTY), "text")[0]["text"].startswith("No ")


def test_the_bridge_starts_at_recorded_and_ends_at_corrected() -> None:
    steps = rows(picture("margin_bridge"), "name", "start", "end")
    assert [step["name"] for step in steps if step["is_level"]] == ["Recorded", "Corrected", "Expected"]
    for before, step in itertools.pairwise(steps):
        assert step["start"] == (step["end"] if step["is_level"] else before["end"])
        if step["is_level"]:
            assert step["end"] == pytest.approx(before["end"], abs=0.005)
    known = [abs(step["end"] - step["start"]) for step in steps if step["is_known"] and not step["is_level"]]
    assert known == sorted(known, reverse=True)
    assert [step["is_known"] for step in steps if step["name"] in ("Unexplained", "On its way")] == [False, False]


def test_many_causes_become_one_row_that_ties_out(monkeypatch: pytest.MonkeyPatch) -> None:
    many = {f"cause_{place}": (place, 0, True) for place in range(1, 14)}
    monkeypatch.setattr("reporting.fake.EFFECTS", many)
    steps = rows(picture("margin_bridge"), "name", "start", "end")
    assert [step["name"] for step in steps][-2:] == ["5 smaller causes", "Corrected"]
    assert steps[-2]["end"] == pytest.approx(steps[-1]["end"], abs=0.005)


def test_bars_of_cash_start_at_zero() -> None:
    chart = picture("cash")
    assert {bar["start"] for bar in rows(chart, "start", "end")} == {0}
    assert [row["text"] for row in rows(chart, "row", "text", "bold")] == ["+$26,950", "−$8,910", "+$96"]


def test_months_are_text_on_an_ordinal_axis_up_to_the_period() -> None:
    for name in ("margin", "inventory"):
        chart = picture(name, period="2025-06")
        line = next(layer for layer in chart.to_dict()["layer"] if layer["mark"]["type"] == "line")
        assert line["encoding"]["x"]["type"] == "ordinal"
        assert [row["label"] for row in rows(chart, "label", "value")][-1] == "Jun 25"


def test_a_month_without_sales_is_a_gap() -> None:
    values = {
        row["period"]: row["value"] for row in rows(picture("margin", FakeCompany(without_sales=("2025-04",))), "value")
    }
    assert values["2025-04"] is None
    assert values["2025-05"] is not None


def test_without_a_period_the_last_complete_one_is_drawn() -> None:
    assert "November 2025" in picture("margin_bridge", period=None).to_dict()["description"]


def test_colour_is_never_alone() -> None:
    """What the accent says is also said by a sign, a place or a shape."""
    assert all(step["text"][0] in "+−" for step in rows(picture("margin_bridge"), "start") if not step["is_level"])
    shapes = [mark for mark in all_marks(picture("channel_margin")) if mark["type"] == "point"]
    assert [mark.get("filled", False) for mark in shapes] == [False, True]


def test_jupyter_shows_our_figure() -> None:
    bundle = picture("cash")._repr_mimebundle_()
    shown = bundle[0] if isinstance(bundle, tuple) else bundle
    assert shown["text/html"].startswith('<figure class="tieout-chart tex2jax_ignore')
    assert shown["text/plain"].startswith("[chart] Distortion of inventory")


def test_periods_are_taken_in_the_order_of_time_whatever_they_are_called() -> None:
    names = {"2025-01": "P9", "2025-02": "P10", "2025-03": "P11"}
    margin = FakeCompany(periods_count=3).margin()
    margin["period"] = [names[period] for period in margin["period"]]
    chart = charts.margin.draw(margin, period="P10")
    assert [row["period"] for row in rows(chart, "period", "book", "value")] == ["P9", "P10"]
