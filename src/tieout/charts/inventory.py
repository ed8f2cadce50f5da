"""The value of inventory at each period's end: as the ledger has it, and as it is."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import books, theme, wording


def draw(inventory: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``inventory`` as the measure of that name, all periods wanted; amounts in units of ``currency``."""
    sums: dict[tuple[str, str], Decimal] = {}
    for key in zip(inventory["period"], inventory["book"], inventory["amount"], strict=True):
        sums[key[:2]] = sums.get(key[:2], Decimal(0)) + key[2]
    shown = sorted(key for key in sums if key[1] in ("recorded", "corrected"))
    table = pd.DataFrame({
        "period": [key[0] for key in shown], "book": [key[1] for key in shown],
        "value": [float(sums[key]) for key in shown], "text": [wording.money(sums[key], currency) for key in shown],
    })  # fmt: skip
    here = table[table["period"] == period].set_index("book")["text"]
    month = wording.period_title(period)
    was, now = here.get("recorded", "nothing"), here.get("corrected", "nothing")
    return theme.finish(
        books.lines(table, period=period, axis_format="~s"),
        title=f"Inventory at the end of {month}: {was} recorded, {now} corrected",
        subtitle=f"Value at each period's end, {currency}; the blue line marks the gap. The scale does not start at zero.",
        description=f"Inventory at the end of {month}: {was} recorded, {now} corrected.",
        height=books.HEIGHT,
    )
