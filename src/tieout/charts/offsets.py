"""Causes that hide each other: what would not be seen by whoever looks only at balances."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

SHOWN = 8


def draw(offsets: pd.DataFrame, titles: dict[str, str], *, currency: str) -> alt.LayerChart:
    """``offsets`` as the measure of that name, over all periods, in units of ``currency``."""
    largest = offsets.sort_values(["amount", "role", "cause", "hidden_by"], ascending=[False, True, True, True])[:SHOWN]
    named = largest.to_dict("records")
    names = [titles.get(row["cause"], row["cause"]) for row in named]
    amounts = [wording.money(row["amount"], currency) for row in named]
    figures = [f"{amount} in {row['role'].replace('_', ' ')}" for amount, row in zip(amounts, named, strict=True)]
    listed = "; ".join(
        f"{name} behind {titles.get(row['hidden_by'], row['hidden_by'])} {figure}"
        for name, row, figure in zip(names, named, figures, strict=True)
    )
    none = "No cause hides another."
    return theme.finish(
        bars.plain(names, [row["amount"] for row in named], figures, [theme.ACCENT] * len(names))
        if names else theme.words(none),
        title=f"{names[0]}: {figures[0]} cannot be seen in the balance" if names else "Causes that hide each other",
        subtitle="All periods: what one cause takes from a role and another gives back in the same period.",
        description=f"What causes hide of each other: {listed}." if names else none,
        height=rows.height(len(names)) if names else theme.LINE,
    )  # fmt: skip
