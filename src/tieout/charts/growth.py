"""Distortion for each unit of what drives it, against the first period: does it grow faster than the company?"""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import books, ends, theme, wording

HEIGHT = 250
DRIVERS = {
    "kits_sold": ("Per kit sold", theme.GREY, [6, 3]), "transfer_lanes": ("Per transfer lane", theme.GREY, [1, 0]),
    "thousand_events": ("Per 1,000 events", theme.ACCENT, [1, 0]),
    "revenue": ("Per unit of revenue", theme.INK, [1, 0]),
}  # fmt: skip


def draw(growth: pd.DataFrame, trend: pd.DataFrame, *, complete: list[str]) -> alt.LayerChart:
    """``growth`` and ``trend`` (``growth_trend``) as the measures of those names; ``complete``: periods to draw."""
    shown = growth[growth["period"].isin(complete) & growth["ratio"].notna()]
    lines = [line for driver in DRIVERS if (line := _line(shown, driver)) is not None]
    risen = list(trend.loc[trend["direction"].eq("rising").fillna(False), "measure"])
    rising = [name.lower() for driver, (name, _, _) in DRIVERS.items() if driver in risen]
    verdict = f"rises {', '.join(rising)}" if rising else "shows no rise beside what drives it"
    listed = "; ".join(f"{line['name'].iloc[0].lower()} {line['value'].iloc[-1]:,.0f}" for line in lines)
    return theme.finish(
        _layers(lines, complete) if lines else theme.words("No distortion to measure growth by."),
        title=f"Distortion {verdict}",
        subtitle="Gross distortion ÷ driver, first complete period with any = 100. Rising: p < 0.05.",
        description=f"Distortion for each unit of its driver {verdict}. In the last period, first = 100: {listed}.",
        height=HEIGHT if lines else theme.LINE,
    )


def _line(shown: pd.DataFrame, driver: str) -> pd.DataFrame | None:
    """One driver's ratios as percent of its first that is not zero; none where there is no such."""
    rows = shown[shown["driver"] == driver]
    ratios = [float(ratio) for ratio in rows["ratio"]]
    first = next((place for place, ratio in enumerate(ratios) if ratio), None)
    if first is None:
        return None
    return pd.DataFrame({
        "label": [wording.period_label(period) for period in rows["period"][first:]],
        "value": [100 * ratio / ratios[first] for ratio in ratios[first:]], "name": DRIVERS[driver][0],
        "text": [f"{ratio:,.4g}" for ratio in ratios[first:]], "driver": driver,
    })  # fmt: skip


def _layers(lines: list[pd.DataFrame], complete: list[str]) -> alt.LayerChart:
    top = 1.08 * max(line["value"].max() for line in lines)
    x = books.time_axis([wording.period_label(period) for period in complete])
    axis = alt.Axis(tickCount=4, grid=True)
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=axis)
    tooltip = [
        alt.Tooltip("label:N", title="Period"), alt.Tooltip("name:N", title="Distortion"),
        alt.Tooltip("text:N", title="Currency units each"),
    ]  # fmt: skip
    layers = []
    for line in lines:
        _, colour, dash = DRIVERS[line["driver"].iloc[0]]
        mark = alt.Chart(line).mark_line(
            color=colour, strokeDash=dash, strokeWidth=2, point={"color": colour, "size": 20}
        )
        layers.append(mark.encode(x=x, y=y, tooltip=tooltip))
    texts = [f"{line['name'].iloc[-1]} {line['value'].iloc[-1]:,.0f}" for line in lines]
    colours = [DRIVERS[line["driver"].iloc[0]][1] for line in lines]
    values = [line["value"].iloc[-1] for line in lines]
    return alt.LayerChart(layer=[*layers, ends.names(texts, values, colours, y=y, domain=top, height=HEIGHT)])
