"""How long events take to reach the ledger: the middle one, and the slowest ones, per system and type of event."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

SHOWN = 10
_MARKS = {0: "0", 1: "1 hour", 24: "1 day", 168: "1 week", 720: "30 days", 8760: "1 year"}


def draw(lags: pd.DataFrame) -> alt.LayerChart:
    """``lags`` as the measure of that name; the hops whose slowest hundredth takes longest."""
    posted = lags[(lags["lag"] == "posted") & (lags["entries"] > 0)]
    posted = posted.assign(slow=-posted["p99_hours"]).sort_values(["slow", "system", "event_type"])[:SHOWN]
    names = [
        " ".join(["" if wording.is_missing(system) else system, kind.replace("_", " ")]).strip()
        for system, kind in zip(posted["system"], posted["event_type"], strict=True)
    ]
    table = pd.DataFrame({
        "row": [float(row) for row in range(len(posted))], "name": names,
        **{name: posted[f"{name}_hours"].astype(float).to_numpy() for name in ("median", "p90", "p99")},
    })  # fmt: skip
    figures = [f"{_hours(low)} | {_hours(high)}" for low, high in zip(table["median"], table["p99"], strict=True)]
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    return theme.finish(
        _layers(table, names, figures) if listed else theme.words("No entry tells when it was posted."),
        title=f"{names[0]}: one entry in a hundred takes longer than {_hours(table['p99'][0])}"
        if listed
        else "How long events take to reach the ledger",
        subtitle="Upright line: median; dot: nine in ten are faster; end of the bar: 99 in 100. Compressed scale.",
        description=f"From event to entry, median and 99th percentile: {listed or 'not known'}.",
        height=rows.height(len(names)) + 18 if listed else theme.LINE,
    )


def _hours(hours: float) -> str:
    """``26.5`` is ``26.5 h``, ``192`` is ``8 d``."""
    return f"{hours / 24:.1f} d" if abs(hours) >= 48 else f"{hours:.1f} h"


def _layers(table: pd.DataFrame, names: list[str], figures: list[str]) -> alt.LayerChart:
    ends = [0.0, *table["median"], *table["p99"]]
    values = [hours for hours in _MARKS if min(ends) <= hours <= max(ends)]
    labels = " : ".join(f"datum.value == {hours} ? '{_MARKS[hours]}'" for hours in values)
    axis = alt.Axis(values=values, labelExpr=f"{labels} : ''", grid=True, labelFlush=True, labelOverlap="greedy")
    scale = alt.Scale(type="symlog", constant=1, domain=[min(ends), max(ends)], nice=False)
    x, y = alt.X("median:Q", axis=axis, scale=scale), rows.y("row", len(table))
    table = table.assign(top=table["row"] - 0.28, bottom=table["row"] + 0.28)
    tooltip = [
        alt.Tooltip("name:N", title="Hop"),
        *(alt.Tooltip(f"{name}:Q", title=f"{name} (hours)", format=".1f") for name in ("median", "p90", "p99")),
    ]
    span = alt.Chart(table).mark_rule(color=theme.ACCENT, strokeWidth=6, opacity=0.35)
    middle = alt.Chart(table).mark_rule(color=theme.INK, strokeWidth=4)
    most = alt.Chart(table).mark_point(color=theme.ACCENT, filled=True, size=70, opacity=1)
    marks = [
        span.encode(x=x, x2="p99:Q", y=y, tooltip=tooltip),
        middle.encode(x=x, y=rows.y("top", len(table)), y2="bottom:Q", tooltip=tooltip),
        most.encode(x=alt.X("p90:Q", axis=axis, scale=scale), y=y, tooltip=tooltip),
    ]
    return rows.frame(marks, names, figures)
