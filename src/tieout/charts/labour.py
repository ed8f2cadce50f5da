"""The hours that the differences take, by what they need: an estimate, and what was measured beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import books, ends, theme, wording

HEIGHT = 250
# From what is done at a glance to what takes an afternoon: grey, then ever darker.
ACTIVITIES = {
    "look": ("Look", theme.GREY), "match": ("Match, repost", theme.TINT),
    "investigate": ("Investigate", "#7f95cf"), "recompute": ("Recompute", theme.ACCENT),
    "manual_entries": ("Manual entries", theme.INK),
}  # fmt: skip


def draw(labour: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``labour`` as the measure of that name, drawn up to ``period``; cost in units of ``currency``."""
    order = list(dict.fromkeys(labour["period"]))
    until = labour[labour["period"].isin(order[: order.index(period) + 1])] if period in order else labour[:0]
    estimated = until[~until["is_measured"].astype(bool)]
    measured = until[until["is_measured"].astype(bool) & until["hours"].notna()]
    month = estimated[estimated["period"] == period]
    when = wording.period_title(period)
    hours = _sum(month["hours"])
    noted = measured[measured["period"] == period]
    beside = f" People noted {_sum(noted['hours']):,.0f} hours in the close log (◆)." if len(noted) else ""
    listed = "; ".join(
        f"{ACTIVITIES[activity][0]} {float(value):,.1f} hours"
        for activity, value in zip(month["activity"], month["hours"], strict=True)
    )
    cost = wording.money(sum(month["cost"]), currency)
    return theme.finish(
        _layers(estimated, measured) if _sum(estimated["hours"]) else theme.words("No difference takes any work."),
        title=f"The differences of {when} take about {hours:,.0f} hours (estimate)",
        subtitle=f"Hours per period: exceptions × assumed minutes.{beside}",
        description=f"Estimated work on the differences of {when}: {hours:,.1f} hours, {cost}. {listed}.{beside}",
        height=HEIGHT if _sum(estimated["hours"]) else theme.LINE,
    )


def _sum(hours: pd.Series) -> float:
    return float(sum(hours))


def _layers(estimated: pd.DataFrame, measured: pd.DataFrame) -> alt.LayerChart:
    rows, level = [], dict.fromkeys(estimated["period"], 0.0)
    for period, activity, hours in estimated[["period", "activity", "hours"]].itertuples(index=False):
        name, colour = ACTIVITIES[activity]
        start, level[period] = level[period], level[period] + float(hours)
        rows.append({
            "label": wording.period_label(period), "name": name, "colour": colour, "start": start,
            "end": level[period], "text": f"{float(hours):,.1f} hours",
        })  # fmt: skip
    table = pd.DataFrame(rows)
    totals = pd.DataFrame({
        "label": [wording.period_label(period) for period in level], "hours": list(level.values()),
        "text": [f"{hours / 1000:.1f}k" if hours >= 1000 else f"{hours:.0f}" for hours in level.values()],
    })  # fmt: skip
    noted = pd.DataFrame({
        "label": [wording.period_label(str(name)) for name, _ in measured.groupby("period", sort=False)],
        "hours": [_sum(part["hours"]) for _, part in measured.groupby("period", sort=False)],
    })  # fmt: skip
    top = 1.12 * max(*level.values(), *noted["hours"], 0.0)
    x = books.time_axis(list(totals["label"]))
    y = alt.Y("start:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=None)
    last = table[table["label"] == totals["label"].iloc[-1]]
    tooltip = [alt.Tooltip("label:N", title="Period"), alt.Tooltip("name:N", title="Work"), alt.Tooltip("text:N")]
    bars = alt.Chart(table).mark_bar(stroke="white", strokeWidth=0.5, width=alt.RelativeBandSize(0.7))
    layers = [
        bars.encode(x=x, y=y, y2="end:Q", color=alt.Color("colour:N", scale=None), tooltip=tooltip),
        alt.Chart(totals)
        .mark_text(baseline="bottom", dy=-3, fontSize=11)
        .encode(x=x, y=alt.Y("hours:Q", scale=y["scale"], axis=None), text="text:N"),
        ends.names(
            list(last["name"]), [(row.start + row.end) / 2 for row in last.itertuples(index=False)],
            [theme.INK] * len(last), y=y, domain=top, height=HEIGHT,
        ),
    ]  # fmt: skip
    if len(noted):
        mark = alt.Chart(noted).mark_point(shape="diamond", filled=True, color=theme.INK, size=70)
        layers.append(mark.encode(x=x, y=alt.Y("hours:Q", scale=y["scale"], axis=None)))
    return alt.LayerChart(layer=layers)
