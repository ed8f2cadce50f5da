"""Gross margin over time: as the ledger has it, and as it is."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import books, theme, wording


def draw(margin: pd.DataFrame, *, period: str) -> alt.LayerChart:
    """``margin`` as the measure of that name, all periods wanted; ``period`` is the one that is pointed at."""
    shown = margin[margin["book"].isin(["recorded", "corrected"])][["period", "book", "gross_margin"]]
    values = [None if wording.is_missing(value) else float(value) for value in shown["gross_margin"]]
    texts = ["no sales" if value is None else wording.percent(value) for value in values]
    table = pd.DataFrame({"period": list(shown["period"]), "book": list(shown["book"]), "value": values, "text": texts})
    here = table[table["period"] == period].set_index("book")["text"]
    month = wording.period_title(period)
    return theme.finish(
        books.lines(table, period=period, axis_format="%"),
        title=f"Gross margin of {month}: {here['recorded']} recorded, {here['corrected']} corrected",
        subtitle="Percent of revenue by period; the blue line marks the gap. The scale does not start at zero.",
        description=f"Gross margin of {month}: {here['recorded']} recorded, {here['corrected']} corrected. "
        f"The lines run from {wording.period_title(table['period'].iloc[0])} to {wording.period_title(table['period'].iloc[-1])}.",
        height=books.HEIGHT,
    )
