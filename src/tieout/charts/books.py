"""Two books over time: what was recorded in grey, what is right in ink, and the gap at the report's period."""

from __future__ import annotations

import calendar
import json
from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import theme, wording

HEIGHT = 250
_COLOURS = {"recorded": theme.GREY, "corrected": theme.INK}
_TOOLTIP = {"label": "Period", "book": "Book", "text": "Value"}


def lines(table: pd.DataFrame, *, period: str, axis: alt.Axis) -> alt.LayerChart:
    """``table``: one row a period and book, with ``value`` (float, missing where there is none) and ``text``.

    Rows come in the order of time. Periods are text on an ordinal axis: a reader's time zone cannot move them.
    """
    table = table.assign(label=[wording.period_label(name) for name in table["period"]])
    x = time_axis(list(dict.fromkeys(table["label"])))
    y = alt.Y("value:Q", scale=alt.Scale(zero=False, nice=False, padding=12), axis=axis)
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in _TOOLTIP.items()]
    layers = [_gap(table[table["period"] == period], x, y)]
    for book, colour in _COLOURS.items():
        base = alt.Chart(table[table["book"] == book]).encode(x=x, y=y, tooltip=tooltip)
        here = alt.Chart(table[(table["book"] == book) & (table["period"] == period)]).encode(x=x, y=y, tooltip=tooltip)
        layers.append(base.mark_line(color=colour, strokeWidth=2.5 if book == "corrected" else 1.5))
        layers.append(here.mark_point(color=colour, filled=True, size=60, opacity=1))
    return alt.LayerChart(layer=[*layers, _end_labels(table, y)])


def until(table: pd.DataFrame, period: str) -> pd.DataFrame:
    """The rows up to the last one of ``period``: they come in the order of time, whatever the periods are called."""
    places = (table["period"] == period).to_numpy().nonzero()[0]
    return table.iloc[: places[-1] + 1 if len(places) else 0]


def figures_axis(form: str) -> alt.Axis:
    """Figures in the format ``form`` of d3, with lines across the picture."""
    return alt.Axis(format=form, tickCount=4, grid=True)


def money_axis(currency: str) -> alt.Axis:
    """Amounts with their currency, shortened: ``£200k``; what is below a thousand in full, ``£0.5``."""
    unit = json.dumps(wording.money(Decimal(0), currency).removesuffix("0"))
    size = "format(abs(datum.value), abs(datum.value) < 1000 ? '.2~f' : '~s')"
    text = f"(datum.value < 0 ? '{wording.MINUS}' : '') + {unit} + replace({size}, 'G', 'bn')"
    return alt.Axis(labelExpr=text, tickCount=4, grid=True)


def time_axis(labels: list[str]) -> alt.X:
    """Months by their short names, the year under the first one and under each January."""
    shown: dict[str, str | list[str]] = {}
    for place, label in enumerate(labels):
        month, _, year = label.partition(" ")
        is_month = month in calendar.month_abbr and year.isdecimal()
        shown[label] = label if not is_month else [month, f"20{year}"] if not place or month == "Jan" else month
    axis = alt.Axis(  # of months that stand too close every other one is named: on a phone
        labelAngle=0, labelOverlap="parity", labelSeparation=6, labelLineHeight=15,
        labelExpr=f"({json.dumps(shown)})[datum.value]",
    )  # fmt: skip
    return alt.X("label:O", sort=labels, scale=alt.Scale(padding=0.2), axis=axis)


def _gap(month: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    wide = month.pivot(index="label", columns="book", values="value").reset_index()
    y = alt.Y("recorded:Q", scale=y["scale"], axis=y["axis"])
    gap: alt.Chart = alt.Chart(wide).mark_rule(color=theme.ACCENT, strokeWidth=3).encode(x=x, y=y, y2="corrected:Q")
    return gap


def _end_labels(table: pd.DataFrame, y: alt.Y) -> alt.Chart:
    """The name of each line at its end; the upper one is moved up and the lower one down, so that they never touch."""
    ends = table.dropna(subset="value").groupby("book", sort=True).tail(1).sort_values("value")
    names = [f"{book.capitalize()} {text}" for book, text in zip(ends["book"], ends["text"], strict=True)]
    ends = ends.assign(name=names, lift=[7, -7][: len(ends)])
    colour = alt.condition(alt.datum.book == "recorded", alt.value(theme.GREY), alt.value(theme.INK))
    mark = alt.Chart(ends).mark_text(align="left", baseline="middle", dx=2, dy=alt.expr("datum.lift"))
    labels: alt.Chart = mark.encode(x=alt.value("width"), y=y, text="name:N", color=colour)
    return labels
