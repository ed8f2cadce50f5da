"""Gross profit over time, and the range that the evidence allows around it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import books, theme, wording


def draw(ranges: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``ranges`` as the measure ``range_width``, drawn up to ``period``; amounts in units of ``currency``."""
    order = list(ranges["period"])
    shown = ranges[: order.index(period) + 1] if period in order else ranges[:0]
    when = wording.period_title(period)
    row = shown.iloc[-1] if len(shown) else None
    low, high, width = (
        "nothing" if row is None else wording.money(row[name], currency)
        for name in ("gross_profit_min", "gross_profit_max", "width")
    )
    message = f"Gross profit of {when} lies between {low} and {high}, if evidence C is in doubt"
    share = "" if row is None or wording.is_missing(row["ratio"]) else f", {wording.percent(row['ratio'])} of revenue"
    return theme.finish(
        _layers(shown, currency) if len(shown) else theme.words("No period to show."),
        title=message if low != high else f"Gross profit of {when} is known to be {low}",
        subtitle="Line: corrected. Band: as far as evidence C, D and U leave it open; the headline takes C as proven.",
        description=f"{message}: a range of {width}{share}.",
        height=books.HEIGHT if len(shown) else theme.LINE,
    )


def _layers(shown: pd.DataFrame, currency: str) -> alt.LayerChart:
    table = pd.DataFrame({
        "label": [wording.period_label(period) for period in shown["period"]],
        "low": shown["gross_profit_min"].astype(float).to_numpy(),
        "high": shown["gross_profit_max"].astype(float).to_numpy(),
        "value": shown["gross_profit"].astype(float).to_numpy(),
        "text": [wording.money(amount, currency) for amount in shown["gross_profit"]],
        "span": [wording.money(amount, currency) for amount in shown["width"]],
    })  # fmt: skip
    x = books.time_axis(list(table["label"]))
    low, value = (
        alt.Y(f"{name}:Q", scale=alt.Scale(zero=True), axis=books.money_axis(currency)) for name in ("low", "value")
    )
    tooltip = [
        alt.Tooltip("label:N", title="Period"), alt.Tooltip("text:N", title="Gross profit"),
        alt.Tooltip("span:N", title="Range"),
    ]  # fmt: skip
    base = alt.Chart(table).encode(x=x, tooltip=tooltip)
    end = alt.Chart(table.tail(1)).mark_text(align="left", dx=4)
    layers = [
        base.mark_bar(fill=theme.TINT, stroke=theme.ACCENT, width=alt.RelativeBandSize(0.5)).encode(y=low, y2="high:Q"),
        base.mark_line(color=theme.INK, strokeWidth=2).encode(y=value),
        base.mark_point(color=theme.INK, filled=True, size=30, opacity=1).encode(y=value),
        end.encode(x=alt.value("width"), y=value, text="text:N"),
    ]
    return alt.LayerChart(layer=layers)
