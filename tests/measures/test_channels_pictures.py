"""The pictures of the channels: they say their message, are drawn the same twice, and have words where nothing is."""

from __future__ import annotations

import re

import altair as alt
import pytest

from measures.conftest import Planted
from reporting.fake import HOSTILE, FakeCompany
from tieout.charts import (
    cause_views,
    channel_blend,
    channel_bridge,
    channel_margin,
    channel_returns,
    channel_waterfall,
    cross_subsidy,
    theme,
)

PERIOD = "2025-03"
NAMES = ("channel_waterfall", "channel_bridge", "channel_blend", "channel_returns", "cross_subsidy", "cause_views")


def picture(planted: Planted, name: str) -> alt.LayerChart:
    chart = getattr(planted.company.charts, name)(PERIOD)
    assert isinstance(chart, alt.LayerChart)
    return chart


def said(chart: alt.LayerChart) -> str:
    return str(chart.to_dict()["description"])


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_says_its_message_and_is_always_the_same(planted: Planted, name: str) -> None:
    chart = picture(planted, name)
    assert "March 2025" in said(chart)
    assert len(re.findall(r"\d", said(chart))) >= 4
    assert theme.to_html(chart) == theme.to_html(picture(planted, name))


def test_the_words_are_those_of_the_measures(planted: Planted) -> None:
    ranks = planted.company.channel_ranks(PERIOD, PERIOD).sort_values("contribution_corrected")
    for row in ranks.to_dict("records"):
        title = planted.company.charts.channel_waterfall(PERIOD, row["channel"]).to_dict()["title"]["text"]
        assert f"${row['contribution_corrected']:,.0f}" in title
    for view in cause_views.VIEWS:
        assert cause_views.VIEWS[view].title in said(planted.company.charts.cause_views(PERIOD, view))


def test_pictures_say_what_cannot_be_compared(planted: Planted) -> None:
    chart = planted.company.charts.channel_margin(PERIOD).to_dict()
    assert chart["title"]["text"] == "Contribution margin by channel, not comparable"
    assert "Not comparable: no outbound freight" in chart["description"]
    comparable = FakeCompany().charts.channel_margin("2025-11").to_dict()
    assert comparable["title"]["text"] == "Contribution margin by channel"


def test_bars_start_at_zero(planted: Planted) -> None:
    for name in NAMES:
        layers = [layer for layer in picture(planted, name).to_dict()["layer"] if layer["mark"]["type"] == "rect"]
        assert layers
        for layer in layers:
            low, high = layer["encoding"]["x"]["scale"]["domain"]
            assert low < 0 < high


@pytest.mark.parametrize("channel", [HOSTILE, "", "nobody"])
def test_where_there_is_nothing_words_stand(planted: Planted, channel: str) -> None:
    tables = {name: planted.company.table(name).iloc[:0] for name in (*NAMES, "channel_margin", "channel_guards")}
    guards, when = tables["channel_guards"], {"period": PERIOD}
    charts = {
        "Nothing is on the books": channel_waterfall.draw(
            tables["channel_waterfall"], guards, channel=channel, currency="USD", **when
        ),
        "Nothing to compare": channel_blend.draw(tables["channel_blend"], guards, channel=channel, **when),
        "No proven cause": channel_bridge.draw(tables["channel_bridge"], {}, channel=channel, currency="USD", **when),
        "No channel had sales": channel_returns.draw(tables["channel_returns"], **when),
        "No channel bears": cross_subsidy.draw(tables["cross_subsidy"], currency="USD", **when),
        "Nothing to correct": cause_views.draw(tables["cause_views"], view="sales", currency="USD", **when),
        "No channel had": channel_margin.draw(tables["channel_margin"], guards, **when),
    }
    for text, chart in charts.items():
        html = theme.to_html(chart)
        assert text in html
        assert "<script>alert" not in html
