"""Work per 1,000 events over time, with the trend through it: does it grow with the company, or faster?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import books, theme, wording

MEASURE = "hours_per_1000_events"


def draw(rates: pd.DataFrame, trend: pd.DataFrame) -> alt.LayerChart:
    """``rates`` as the measure ``labour_rates``, ``trend`` as ``labour_trend``; complete periods only."""
    shown = rates[rates["is_complete"].astype(bool) & rates[MEASURE].notna()]
    values = [float(value) for value in shown[MEASURE]]
    none: dict[Hashable, Any] = {"n": 0, "slope": None}
    row = next(iter(trend[trend["measure"] == MEASURE].to_dict("records")), none)
    message = f"Estimated hours per 1,000 events: {_verdict(row)}"
    span = f" From {values[0]:,.1f} to {values[-1]:,.1f} over {len(values)} periods." if values else ""
    return theme.finish(
        _layers(shown, values, row) if values else theme.words("No complete period has events."),
        title=message,
        subtitle="Blue: the median slope between all pairs of periods (Theil–Sen), where there are four or more.",
        description=f"{message}.{span}",
        height=books.HEIGHT if values else theme.LINE,
    )


def _verdict(row: dict[Hashable, Any]) -> str:
    if wording.is_missing(row["slope"]):
        return f"too few periods for a trend (n = {row['n']})"
    slope = f"{row['slope']:+,.2f}".replace("-", wording.MINUS)
    return f"{row['direction']}, {slope} a period (n = {row['n']}, {wording.chance(row['p_value'])})"


def _layers(shown: pd.DataFrame, values: list[float], row: dict[Hashable, Any]) -> alt.LayerChart:
    table = pd.DataFrame({
        "label": [wording.period_label(period) for period in shown["period"]], "value": values,
        "text": [f"{value:,.1f}" for value in values],
    })  # fmt: skip
    x = books.time_axis(list(table["label"]))
    y = alt.Y("value:Q", scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4, grid=True))
    tooltip = [alt.Tooltip("label:N", title="Period"), alt.Tooltip("text:N", title="Hours per 1,000 events")]
    base = alt.Chart(table).encode(x=x, y=y, tooltip=tooltip)
    end = alt.Chart(table.tail(1)).mark_text(align="left", dx=8)
    layers = [
        base.mark_line(color=theme.INK, strokeWidth=1.5),
        base.mark_point(color=theme.INK, filled=True, size=40, opacity=1),
        end.encode(x=x, y=y, text="text:N"),
    ]
    if not wording.is_missing(row["slope"]):
        layers.append(_trend(table, float(row["slope"]), x, y))
    return alt.LayerChart(layer=layers)


def _trend(table: pd.DataFrame, slope: float, x: alt.X, y: alt.Y) -> alt.Chart:
    """The line of that slope through the median of what it leaves over."""
    middle = (table["value"] - slope * pd.Series(range(len(table)))).median()
    line = table.assign(value=[middle + slope * place for place in range(len(table))])
    drawn: alt.Chart = alt.Chart(line).mark_line(color=theme.ACCENT, strokeWidth=2.5).encode(x=x, y=y)
    return drawn
