"""How old the open exceptions are, and how much money they move."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

_BOUNDS = (0, 31, 61, 91, 181, 366)  # days: where each age begins


def draw(exceptions: pd.DataFrame, *, currency: str) -> alt.LayerChart:
    """``exceptions`` as the measure of that name; amounts in units of ``currency``."""
    ages = [int(age) for age in exceptions["age_days"]]
    table = _by_age(ages, list(exceptions["amount"]), currency)
    message = (
        f"{wording.counted(len(ages), 'exception')} open in all, the oldest {wording.counted(max(ages), 'day')} old"
        if ages
        else "No exception is open"
    )
    listed = "; ".join(f"{row.name} {row.text}" for row in table.itertuples(index=False))
    return theme.finish(
        _layers(table) if ages else theme.words("No exception is open."),
        title=message,
        subtitle="Neither booked nor rejected yet, also what came right by itself since. "
        f"Σ |amount| of the correcting lines in {currency} by age, and how many they are.",
        description=f"{message}. By age: {listed or 'none'}.",
        height=rows.height(len(table)) if ages else theme.LINE,
    )


def _by_age(ages: list[int], amounts: list[Decimal], currency: str) -> pd.DataFrame:
    """One row an age, the oldest on top."""
    pairs = list(zip(ages, amounts, strict=True))
    groups = []
    oldest = max(ages, default=0)
    reached = [bounds for bounds in zip(_BOUNDS, (*_BOUNDS[1:], None), strict=True) if bounds[0] <= oldest]
    for low, after in reversed(reached):
        inside = [amount for age, amount in pairs if age >= low and (after is None or age < after)]
        total = sum(inside, Decimal(0))
        groups.append({
            "name": f"{low} to {after - 1} days" if after else f"{low} days and more", "amount": float(total),
            "zero": 0.0, "text": f"{wording.money(total, currency)} ({len(inside):,})",
        })  # fmt: skip
    table = pd.DataFrame(groups)
    return table.assign(top=table.index - 0.28, bottom=table.index + 0.28)


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    x = alt.X("zero:Q", axis=None, scale=rows.x_scale(0.0, table["amount"].max()))
    y = rows.y("top", len(table))
    tooltip = [alt.Tooltip("name:N", title="Age"), alt.Tooltip("text:N", title="Amount (exceptions)")]
    bars = alt.Chart(table[table["amount"] != 0]).mark_rect(fill=theme.ACCENT)
    zero = alt.Chart(table[:1]).mark_rule(color=theme.INK).encode(x=x)
    marks = [bars.encode(x=x, x2="amount:Q", y=y, y2="bottom:Q", tooltip=tooltip), zero]
    return rows.frame(marks, list(table["name"]), list(table["text"]))
