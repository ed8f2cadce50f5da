"""What it costs to post seldom: money in the wrong period, and the work that it makes, interval by interval."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording


def draw(what_if: pd.DataFrame, *, currency: str) -> alt.LayerChart:
    """``what_if`` as the measure of that name; amounts in units of ``currency``."""
    posted = what_if[what_if["kind"] == "interval"].sort_values("minutes")
    spans = [wording.interval(int(minutes)) for minutes in posted["minutes"]]
    names = [f"{span}, {hours:,.0f}\N{NO-BREAK SPACE}h" for span, hours in zip(spans, posted["hours"], strict=True)]
    figures = [wording.money(amount, currency) for amount in posted["distorted"]]
    table = pd.DataFrame({
        "row": [float(row) for row in range(len(posted))], "zero": 0.0, "name": names, "text": figures,
        "end": posted["distorted"].astype(float).to_numpy(),
    })  # fmt: skip
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    is_empty = not table["end"].any()
    seldom = f"{spans[-1].lower()}, {figures[-1]}" if spans else ""
    return theme.finish(
        theme.words("No interval puts anything into another period.") if is_empty else _layers(table),
        title="Nothing moves" if is_empty else f"Posted {seldom} stands wrong; posted at once, nothing",
        subtitle="Lines in another period or at another cost, all periods, debits and credits; hours are an estimate.",
        description="The expected book posted at intervals, money that stands wrong and hours of work (estimate): "
        f"{'none' if is_empty else listed}.",
        height=theme.LINE if is_empty else rows.height(len(table)),
    )


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    x = alt.X("zero:Q", axis=None, scale=rows.x_scale(0.0, max(table["end"])))
    table = table.assign(top=table["row"] - 0.28, bottom=table["row"] + 0.28)
    tooltip = [alt.Tooltip("name:N", title="Posted, work (estimate)"), alt.Tooltip("text:N", title="Stands wrong")]
    bars = (
        alt.Chart(table)
        .mark_rect(fill=theme.TINT, stroke=theme.ACCENT)
        .encode(x=x, x2="end:Q", y=rows.y("top", len(table)), y2="bottom:Q", tooltip=tooltip)
    )
    zero = alt.Chart(table[:1]).mark_rule(color=theme.INK).encode(x=x)
    return rows.frame([bars, zero], list(table["name"]), list(table["text"]))
