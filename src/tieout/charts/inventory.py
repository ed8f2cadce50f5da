"""The value of inventory at each period's end: as the ledger has it, and as it is."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import books, theme, wording


def draw(inventory: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``inventory`` as the measure of that name; drawn up to ``period``. Amounts in units of ``currency``."""
    shown = books.until(inventory[inventory["book"].isin(["recorded", "corrected"])], period)
    sums = shown.groupby(["period", "book"], sort=True)["amount"].sum().reset_index()
    texts = [wording.money(amount, currency) for amount in sums["amount"]]
    table = pd.DataFrame({
        "period": list(sums["period"]), "book": list(sums["book"]), "value": list(sums["amount"].astype(float)),
        "text": texts,
    })  # fmt: skip
    here = table[table["period"] == period].set_index("book")["text"]
    was, now = here.get("recorded", "nothing"), here.get("corrected", "nothing")
    message = f"Inventory at the end of {wording.period_title(period)}: {was} recorded, {now} corrected"
    return theme.finish(
        books.lines(table, period=period, axis=books.money_axis(currency)) if len(table)
        else theme.words("No stock is on the books."),
        title=message,
        subtitle=f"Value at each period's end, {currency}; the blue line marks the gap. The scale is cut below.",
        description=f"{message}.",
        height=books.HEIGHT if len(table) else theme.LINE,
    )  # fmt: skip
