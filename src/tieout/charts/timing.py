"""How much gross profit stands in the wrong period: period by period, above or below what belongs there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

SHOWN = 13  # periods, the last ones


def draw(timing: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``timing`` as the measure of that name, in the order of time; amounts in units of ``currency``."""
    until = timing[: list(timing["period"]).index(period) + 1][-SHOWN:]
    labels = [wording.period_label(name) for name in until["period"]]
    shifts = list(zip(labels, until["gross_profit_shifted"], strict=True))
    when = wording.period_title(period)
    index = timing["spike_index"].iloc[-1]
    spike = "" if wording.is_missing(index) else f" Spike index over all periods: {wording.percent(index)}."
    listed = "; ".join(f"{label} {wording.signed_money(shift, currency)}" for label, shift in shifts if shift)
    return theme.finish(
        _layers(_bars(shifts, currency)) if listed else theme.words("No profit stands in another period."),
        title=_message(shifts[-1][1], when, currency),
        subtitle=f"Recorded minus corrected, errors that reverse: solid (right) too high, pale too low.{spike}",
        description=f"Gross profit that timing put into the wrong period, up to {when}: {listed or 'none'}.{spike}",
        height=rows.height(len(shifts)) if listed else theme.LINE,
    )


def _message(shift: Decimal, when: str, currency: str) -> str:
    if not shift:
        return f"Timing leaves the gross profit of {when} as it is"
    side = "much" if shift > 0 else "little"
    return f"Timing puts {wording.money(abs(shift), currency)} too {side} into the gross profit of {when}"


def _bars(shifts: list[tuple[str, Decimal]], currency: str) -> pd.DataFrame:
    bars: list[dict[str, Any]] = [
        {
            "top": row - 0.28, "bottom": row + 0.28, "zero": 0.0, "end": float(shift), "name": label,
            "text": wording.signed_money(shift, currency),
        }
        for row, (label, shift) in enumerate(shifts)
    ]  # fmt: skip
    return pd.DataFrame(bars)


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    x = alt.X("zero:Q", axis=None, scale=rows.x_scale(min(0.0, *table["end"]), max(0.0, *table["end"])))
    tooltip = [alt.Tooltip("name:N", title="Period"), alt.Tooltip("text:N", title="Gross profit shifted")]
    fill = alt.condition(alt.datum.end > 0, alt.value(theme.ACCENT), alt.value(theme.TINT))
    bars = (
        alt.Chart(table[table["end"] != 0])
        .mark_rect(stroke=theme.ACCENT)
        .encode(x=x, x2="end:Q", y=rows.y("top", len(table)), y2="bottom:Q", color=fill, tooltip=tooltip)
    )
    zero = alt.Chart(table[:1]).mark_rule(color=theme.INK).encode(x=x)
    last = [False] * (len(table) - 1) + [True]
    return rows.frame([bars, zero], list(table["name"]), list(table["text"]), last)
