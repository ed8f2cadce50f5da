"""For how many days stock lasts: by the books, and in truth."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import books, theme, wording


def draw(ratios: pd.DataFrame, *, periods: list[str], period: str) -> alt.LayerChart:
    """``ratios`` as the measure of inventory_ratios; drawn over ``periods`` up to ``period``."""
    past = periods[: periods.index(period) + 1]
    shown = ratios[ratios["is_total"] & ratios["book"].isin(["recorded", "corrected"]) & ratios["period"].isin(past)]
    table = pd.DataFrame({
        "period": list(shown["period"]), "book": list(shown["book"]),
        "value": list(shown["days_of_inventory"].astype("Float64").astype(object).where(shown["turns"].notna(), None)),
        "text": [_days(value) for value in shown["days_of_inventory"]],
    })  # fmt: skip
    here = shown[shown["period"] == period].set_index("book")
    was, now = (_days(here["days_of_inventory"].get(book)) for book in ("recorded", "corrected"))
    turns = " and ".join(
        f"{here['turns'][book]:.1f} times a year {book}" for book in here.index if not pd.isna(here["turns"][book])
    )
    known = table["value"].notna().any()
    return theme.finish(
        books.lines(table, period=period, axis=books.figures_axis(".0f"))
        if known
        else theme.words("No period has stock and sales."),
        title=f"Stock lasts {now}, not {was} as recorded" if was != now else f"Stock lasts {now}, as recorded",
        subtitle="Days of inventory: average stock ÷ cost of sales × days of the period. The scale is cut below.",
        description=f"Days of inventory in {wording.period_title(period)}: {was} recorded, {now} corrected; "
        f"stock turns {turns or 'cannot be told'}.",
        height=books.HEIGHT if known else theme.LINE,
    )


def _days(value: Any) -> str:
    return "unknown" if wording.is_missing(value) else f"{value:.1f} days"
