"""Gross margin over time: as the ledger has it, and as it is."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import books, theme, wording


def draw(margin: pd.DataFrame, *, period: str) -> alt.LayerChart:
    """``margin`` as the measure of that name; drawn from the first period with sales up to ``period``."""
    shown = books.until(margin[margin["book"].isin(["recorded", "corrected"])], period)
    sold = shown[shown["gross_margin"].notna()]
    shown = shown.iloc[list(shown["period"]).index(sold["period"].iloc[0]) :] if len(sold) else sold
    values = [None if wording.is_missing(value) else float(value) for value in shown["gross_margin"]]
    texts = ["no sales" if value is None else wording.percent(value) for value in values]
    table = pd.DataFrame({"period": list(shown["period"]), "book": list(shown["book"]), "value": values, "text": texts})
    here = table[table["period"] == period].set_index("book")["text"]
    was, now = here.get("recorded", "no sales"), here.get("corrected", "no sales")
    message = f"Gross margin of {wording.period_title(period)}: {was} recorded, {now} corrected"
    return theme.finish(
        books.lines(table, period=period, axis=books.figures_axis("%")) if sold["period"].nunique() > 1
        else theme.words("Only one period has sales." if len(sold) else "No period has sales."),
        title=message,
        subtitle="Percent of revenue by period; the blue line marks the gap. The scale is cut below.",
        description=f"{message}. {_span(table)}",
        height=books.HEIGHT if sold["period"].nunique() > 1 else theme.LINE,
    )  # fmt: skip


def _span(table: pd.DataFrame) -> str:
    if table.empty:
        return "There is no period with sales."
    first, last = (wording.period_title(table["period"].iloc[place]) for place in (0, -1))
    return f"The lines run from {first} to {last}."
