"""Each timing cause both ways: the income of the period, and what has accumulated in the balance at its end."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

SHOWN = 9


def draw(rollover: pd.DataFrame, titles: dict[str, str], *, period: str, currency: str) -> alt.LayerChart:
    """``rollover`` as the measure of that name; ``titles`` gives a cause's name for people."""
    month = rollover[(rollover["period"] == period) & (rollover["timing"] == "reversing")]
    month = month[(month["rollover"] != 0) | (month["iron_curtain"] != 0)]
    month = month.assign(
        is_total=month["cause"] == "total", size=-(month["rollover"].abs() + month["iron_curtain"].abs())
    )
    causes = month[~month["is_total"]].sort_values(["size", "cause"])[:SHOWN]
    month = pd.concat([causes, month[month["is_total"]]])
    names = [{"total": "All causes that reverse"}.get(cause, titles.get(cause, cause)) for cause in month["cause"]]
    pairs = [
        tuple(wording.signed_money(amount, currency) for amount in pair)
        for pair in zip(month["rollover"], month["iron_curtain"], strict=True)
    ]
    when = wording.period_title(period)
    listed = "; ".join(f"{name} {income} and {balance}" for name, (income, balance) in zip(names, pairs, strict=True))
    table = pd.DataFrame([
        {
            "top": row + (0.04 if is_balance else -0.32), "bottom": row + (0.32 if is_balance else -0.04), "zero": 0.0,
            "end": float(amount), "is_balance": is_balance, "name": names[row], "text": pairs[row][is_balance],
        }
        for row, pair in enumerate(zip(month["rollover"], month["iron_curtain"], strict=True))
        for is_balance, amount in enumerate(pair)
    ])  # fmt: skip
    return theme.finish(
        _layers(table, names, pairs) if listed else theme.words("No cause shifts profit between periods."),
        title=_title(pairs, when),
        subtitle=f"Profit of {when} after losses and fees, recorded minus corrected. Upper, pale: this period "
        "(rollover); lower, solid: accumulated at its end (iron curtain).",
        description=f"Rollover and iron curtain of the causes that reverse, {when}: {listed or 'none'}.",
        height=rows.height(len(names)) if listed else theme.LINE,
    )


def _title(pairs: list[tuple[str, ...]], when: str) -> str:
    if not pairs:
        return f"Timing leaves the profit of {when} as it is"
    return f"Timing moves the profit of {when} by {pairs[-1][0]}; {pairs[-1][1]} has accumulated"


def _layers(table: pd.DataFrame, names: list[str], pairs: list[tuple[str, ...]]) -> alt.LayerChart:
    x = alt.X("zero:Q", axis=None, scale=rows.x_scale(min(0.0, *table["end"]), max(0.0, *table["end"])))
    tooltip = [alt.Tooltip("name:N", title="Cause"), alt.Tooltip("text:N", title="Profit")]
    fill = alt.condition(alt.datum.is_balance == 1, alt.value(theme.ACCENT), alt.value(theme.TINT))
    bars = (
        alt.Chart(table[table["end"] != 0])
        .mark_rect(stroke=theme.ACCENT)
        .encode(x=x, x2="end:Q", y=rows.y("top", len(names)), y2="bottom:Q", color=fill, tooltip=tooltip)
    )
    zero = alt.Chart(table[:1]).mark_rule(color=theme.INK).encode(x=x)
    figures = [f"{income} | {balance}" for income, balance in pairs]
    is_total = [name == "All causes that reverse" for name in names]
    return rows.frame([bars, zero], names, figures, is_total)
