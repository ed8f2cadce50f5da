"""How much of each channel's sales comes back, as recorded and as corrected."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

SHOWN = 10
BOOKS = ("recorded", "corrected")


def draw(channel_returns: pd.DataFrame, *, period: str) -> alt.LayerChart:
    """``channel_returns`` as the measure of that name. A channel without sales in either book has no row."""
    month = channel_returns[channel_returns["period"] == period].fillna({"channel": ""})
    rates = month.pivot(index="channel", columns="book", values="return_rate").reindex(columns=list(BOOKS))
    rates = rates.dropna().astype(float).sort_values("corrected", ascending=False, kind="stable")[:SHOWN]
    names = [channel or "no channel" for channel in rates.index]
    was, now = ([wording.percent(rate) for rate in rates[book]] for book in BOOKS)
    when = wording.period_title(period)
    listed = "; ".join(f"{row[0]} {row[1]} recorded, {row[2]} corrected" for row in zip(names, was, now, strict=True))
    return theme.finish(
        bars.in_two_books(names, now, {book: bars.from_zero(rates[book]) for book in BOOKS})
        if names
        else theme.words("No channel had sales."),
        title=_title(names, now, rates),
        subtitle=f"{when}, share of sales net of discounts. Grey recorded, black and in figures corrected.",
        description=f"Return rate of {when} by channel: {listed or 'no channel had sales'}.",
        height=rows.height(len(names)) if names else theme.LINE,
    )


def _title(names: list[str], rates: list[str], books: pd.DataFrame) -> str:
    if not names:
        return "Return rate by channel"
    return f"{names[0]} has the highest return rate: {rates[0]}" if books.to_numpy().any() else "Nothing came back"
