"""Bars that start at zero, one a row between its name and its figure; a tick on it may say one thing more."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from tieout.charts import rows, theme


def layers(
    names: Sequence[str], values: Sequence[float], figures: Sequence[str], ticks: Sequence[float | None] | None = None
) -> alt.LayerChart:
    """``values`` at or above zero, drawn to one scale."""
    count = len(names)
    table = pd.DataFrame({
        "zero": 0.0, "value": list(values), "tick": list(ticks or [None] * count), "name": list(names),
        "text": list(figures), "top": [row - 0.28 for row in range(count)],
        "bottom": [row + 0.28 for row in range(count)],
    })  # fmt: skip
    scale = rows.x_scale(0.0, max([*table["value"], *table["tick"].dropna()], default=0.0))
    y = rows.y("top", count)
    tooltip = [alt.Tooltip("name:N", title="What"), alt.Tooltip("text:N", title="Figure")]
    bars = alt.Chart(table).mark_rect(fill=theme.TINT, stroke=theme.ACCENT)
    marks = [bars.encode(x=alt.X("zero:Q", axis=None, scale=scale), x2="value:Q", y=y, y2="bottom:Q", tooltip=tooltip)]
    ticked = table.dropna(subset=["tick"])
    if len(ticked):
        ruled = alt.Chart(ticked).mark_rule(color=theme.INK, strokeWidth=4)
        marks.append(ruled.encode(x=alt.X("tick:Q", axis=None, scale=scale), y=y, y2="bottom:Q", tooltip=tooltip))
    return rows.frame(marks, list(names), list(figures))
