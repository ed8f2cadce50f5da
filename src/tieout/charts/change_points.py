"""What each cause did to gross profit over time, as small multiples, and since when it weighs more or less."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

_Row = Mapping[Any, Any]
SHOWN = 8
CLEAR = 0.5  # share of the variation that a split must take away to be called a shift


def draw(
    distortion: pd.DataFrame, change_points: pd.DataFrame, titles: dict[str, str], *, periods: list[str], currency: str
) -> alt.LayerChart:
    """``periods``: those to be drawn, in the order of time. Each cause has a scale of its own."""
    lines = distortion[(distortion["measure"] == "gross_profit") & distortion["in_corrected"]]
    lines = lines[lines["period"].isin(periods)]
    sizes = lines.assign(size=lines["net"].abs()).groupby("cause")["size"].sum()
    causes = sorted(sizes[sizes != 0].index, key=lambda cause: (-sizes[cause], cause))[:SHOWN]
    shifts: dict[str, _Row] = {row["cause"]: row for row in change_points.to_dict("records") if _is_clear(row, periods)}
    names = [titles.get(cause, cause) for cause in causes]
    missing = change_points[change_points["share_explained"].isna()]
    unknown: dict[str, str] = dict(zip(missing["cause"], missing["reason"], strict=True))
    texts = ["not known" if cause in unknown else _change(shifts.get(cause), currency) for cause in causes]
    listed = "; ".join(
        f"{name}: {unknown.get(cause) or _shift(shifts.get(cause), currency)}"
        for name, cause in zip(names, causes, strict=True)
    )
    first, last = (wording.period_title(periods[place]) for place in (0, -1))
    return theme.finish(
        _layers(lines, causes, shifts, names, texts, periods)
        if causes
        else theme.words("No cause changes gross profit."),
        title=_message(shifts, unknown, titles, currency),
        subtitle="Gross profit, recorded minus corrected: up is too high. Each cause has its own scale; "
        "steps are means before and after a shift; figures are the change.",
        description=f"Effect on gross profit from {first} to {last}, {len(periods)} periods. {listed or 'No cause.'}",
        height=rows.height(len(causes) + 1) if causes else theme.LINE,
    )


def _is_clear(row: _Row, periods: list[str]) -> bool:
    share = row["share_explained"]
    return not wording.is_missing(share) and share >= CLEAR and row["change_period"] in periods


def _change(row: _Row | None, currency: str) -> str:
    return "no shift" if row is None else wording.signed_money(row["mean_after"] - row["mean_before"], currency)


def _shift(row: _Row | None, currency: str) -> str:
    if row is None:
        return "no clear shift"
    before, after = (wording.signed_money(row[f"mean_{side}"], currency) for side in ("before", "after"))
    return f"from {before} to {after} since {wording.period_title(row['change_period'])}"


def _message(shifts: dict[str, _Row], unknown: dict[str, str], titles: dict[str, str], currency: str) -> str:
    if unknown and not shifts:
        return f"No shift can be told: {next(iter(unknown.values()))}"
    if not shifts:
        return "No cause shifts clearly over time"
    cause = max(shifts, key=lambda name: (abs(shifts[name]["mean_after"] - shifts[name]["mean_before"]), name))
    row = shifts[cause]
    since = wording.period_title(row["change_period"])
    return f"{titles.get(cause, cause)}: {_change(row, currency)} a period since {since}"


def _layers(
    lines: pd.DataFrame, causes: list[str], shifts: dict[str, _Row], names: list[str], texts: list[str],
    periods: list[str],
) -> alt.LayerChart:  # fmt: skip
    bars, marks, steps = [], [], []
    for row, cause in enumerate(causes):
        here = lines[lines["cause"] == cause]
        values = dict(zip(here["period"], here["net"], strict=True))
        size = max(abs(float(value)) for value in values.values()) or 1.0
        for place, period in enumerate(periods):
            value = values.get(period)
            if value:
                bars.append({
                    "left": place - 0.36, "right": place + 0.36, "zero": row, "end": row - 0.42 * float(value) / size,
                    "low": value < 0, "name": names[row], "when": wording.period_title(period), "text": f"{value:,}",
                })  # fmt: skip
        if cause in shifts:
            shift = shifts[cause]
            split = periods.index(shift["change_period"]) - 0.5
            marks.append({"left": split, "zero": row - 0.46, "end": row + 0.46})
            for left, right, mean in ((-0.5, split, "mean_before"), (split, len(periods) - 0.5, "mean_after")):
                steps.append({"left": left, "right": right, "zero": row - 0.42 * float(shift[mean]) / size})
    count = len(causes) + 1
    x = alt.X("left:Q", axis=None, scale=rows.x_scale(-0.5, len(periods) - 0.5))
    y = rows.y("zero", count)
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in
               (("name", "Cause"), ("when", "Period"), ("text", "Recorded − corrected"))]  # fmt: skip
    fill = alt.condition(alt.datum.low, alt.value(theme.TINT), alt.value(theme.ACCENT))
    base = pd.DataFrame([{"left": -0.5, "right": len(periods) - 0.5, "zero": row} for row in range(len(causes))])
    layers = [
        alt.Chart(base).mark_rule(color=theme.PALE).encode(x=x, x2="right:Q", y=y),
        alt.Chart(pd.DataFrame(bars)).mark_rect(stroke=theme.ACCENT, strokeWidth=0.8)
        .encode(x=x, x2="right:Q", y=y, y2="end:Q", color=fill, tooltip=tooltip),
        *([alt.Chart(pd.DataFrame(steps)).mark_rule(color=theme.INK, strokeWidth=1.5).encode(x=x, x2="right:Q", y=y),
           alt.Chart(pd.DataFrame(marks)).mark_rule(color=theme.INK, strokeDash=[3, 2]).encode(x=x, y=y, y2="end:Q")]
          if marks else []),
        *_time(periods, count, x, y),
    ]  # fmt: skip
    return rows.frame(layers, [*names, ""], [*texts, ""])


def _time(periods: list[str], count: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The first and the last period, under the rows."""
    ends = [(-0.5, periods[0], "left"), (len(periods) - 0.5, periods[-1], "right")][: len(periods)]
    return [
        alt.Chart(pd.DataFrame([{"left": place, "zero": count - 1.3, "text": wording.period_label(period)}]))
        .mark_text(align=align, color=theme.GREY, fontSize=12)  # type: ignore[arg-type]
        .encode(x=x, y=y, text="text:N")
        for place, period, align in ends
    ]
