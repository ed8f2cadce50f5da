"""What was sold in the last hours of a period, and the part of it that the ledger has in another one."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording


def draw(exposure: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``exposure`` as the measure of that name; amounts in units of ``currency``."""
    month = exposure[exposure["period"] == period].sort_values("hours")
    table = pd.DataFrame({
        "top": [row - 0.28 for row in range(len(month))], "bottom": [row + 0.28 for row in range(len(month))],
        "zero": 0.0, "name": [
            f"Last {'hour' if hours == 1 else f'{hours} hours'}, {wording.money(sold, currency)}\N{NO-BREAK SPACE}sold"
            for hours, sold in zip(month["hours"], month["revenue"], strict=True)
        ],
        "sold": month["revenue"].astype(float).to_numpy(),
        "elsewhere": month["revenue_elsewhere"].astype(float).to_numpy(),
        "text": [wording.money(elsewhere, currency) for elsewhere in month["revenue_elsewhere"]],
    })  # fmt: skip
    when = wording.period_title(period)
    is_empty = not table["sold"].any()
    listed = "; ".join(f"{name} {text}" for name, text in zip(table["name"], table["text"], strict=True))
    return theme.finish(
        theme.words("No sales in the last hours of the period.") if is_empty else _layers(table),
        title=_title(month, currency),
        subtitle=f"Sales of the last hours of {when}: pale; booked in another period: solid.",
        description=f"Sales of the last hours of {when}, and what of them was booked elsewhere: "
        f"{'none' if is_empty else listed}.",
        height=theme.LINE if is_empty else rows.height(len(table)),
    )


def _title(month: pd.DataFrame, currency: str) -> str:
    widest = month.iloc[-1]
    moved = wording.money(widest["revenue_elsewhere"], currency)
    return f"Of the sales of the last {widest['hours']} hours, {moved} stands in another period"


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    ends = [0.0, *table["sold"], *table["elsewhere"]]
    x = alt.X("zero:Q", axis=None, scale=rows.x_scale(min(ends), max(ends)))
    tooltip = [alt.Tooltip("name:N", title="Span"), alt.Tooltip("text:N", title="Booked elsewhere")]
    bars = [
        alt.Chart(table[table[end] != 0])
        .mark_rect(fill=fill, stroke=theme.ACCENT)
        .encode(x=x, x2=f"{end}:Q", y=rows.y("top", len(table)), y2="bottom:Q", tooltip=tooltip)
        for end, fill in (("sold", theme.TINT), ("elsewhere", theme.ACCENT))
    ]
    zero = alt.Chart(table[:1]).mark_rule(color=theme.INK).encode(x=x)
    return rows.frame([*bars, zero], list(table["name"]), list(table["text"]))
