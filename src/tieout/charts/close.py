"""How long each period took to close, beside what others need."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import books, theme, wording

HEIGHT = 250
# Calendar days of a monthly close: APQC, 2,300 organisations, 2018 (docs/measures/close.md).
REFERENCES = {"best quarter": 4.8, "median": 6.4, "slowest quarter": 10.0}


def draw(close: pd.DataFrame, *, period: str) -> alt.LayerChart:
    """``close`` as the measure of that name, drawn up to ``period``."""
    order = list(close["period"])
    until = close[: order.index(period) + 1] if period in order else close[:0]
    closed = until[until["days_to_close"].notna()]
    days = [int(value) for value in closed["days_to_close"]]
    when = wording.period_title(period)
    here = closed[closed["period"] == period]
    message = (
        f"{when} took {int(here['days_to_close'].iloc[0])} days to close" if len(here) else f"{when} is not closed"
    )
    listed = ", ".join(f"{name} {value:g}" for name, value in REFERENCES.items())
    span = f" Over {len(days)} periods: {min(days)} to {max(days)} days." if days else ""
    return theme.finish(
        _layers(closed, days) if days else theme.words("No period has a closing date."),
        title=message,
        subtitle="Calendar days from period end to close. Lines: other companies (APQC, 2018).",
        description=f"{message}.{span} Others: {listed} days.",
        height=HEIGHT if days else theme.LINE,
    )


def _layers(closed: pd.DataFrame, days: list[int]) -> alt.LayerChart:
    table = pd.DataFrame({
        "label": [wording.period_label(period) for period in closed["period"]], "days": days, "zero": 0,
        "text": [str(value) for value in days],
    })  # fmt: skip
    low, high = min(0, *days), 1.1 * max(*days, *REFERENCES.values())
    scale = alt.Scale(domain=[low, high], nice=False)
    x = books.time_axis(list(table["label"]))
    y = alt.Y("days:Q", scale=scale, axis=None)
    lines = pd.DataFrame({
        "days": list(REFERENCES.values()), "text": [f"{name} {value:g}" for name, value in REFERENCES.items()],
    })  # fmt: skip
    bars = alt.Chart(table).mark_bar(color=theme.TINT, stroke=theme.ACCENT, width=alt.RelativeBandSize(0.6))
    tooltip = [alt.Tooltip("label:N", title="Period"), alt.Tooltip("text:N", title="Days to close")]
    layers = [
        bars.encode(x=x, y=y, y2="zero:Q", tooltip=tooltip),
        alt.Chart(lines).mark_rule(color=theme.GREY, strokeDash=[4, 3]).encode(y=y),
        alt.Chart(lines)
        .mark_text(align="left", dx=4, color=theme.GREY)
        .encode(x=alt.value("width"), y=y, text="text:N"),
        alt.Chart(table).mark_text(baseline="bottom", dy=-3).encode(x=x, y=y, text="text:N"),
    ]
    return alt.LayerChart(layer=layers)
