"""What opening stock, purchases and closing stock leave unexplained of the cost of sales."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

_PARTS = {
    "gap": "Gap", "stock_losses": "Stock losses", "other_movements": "Other movements",
    "cost_without_goods": "Cost without goods",
}  # fmt: skip


def draw(gaps: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``gaps`` as the measure of periodic_gap, in units of ``currency``."""
    month = gaps[gaps["period"] == period]
    books = {row["book"]: row for row in month.to_dict("records")}
    when = wording.period_title(period)
    none = f"Nothing was bought or sold in {when}."
    if not {"recorded", "corrected"} <= books.keys():
        return theme.finish(theme.words(none), title="Periodic and perpetual cost of sales", subtitle=when,
                            description=none, height=theme.LINE)  # fmt: skip
    recorded, corrected = (books[book] for book in ("recorded", "corrected"))
    figures = [wording.signed_money(corrected[part], currency) for part in _PARTS]
    was, now = (wording.signed_money(book["gap"], currency) for book in (recorded, corrected))
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(_PARTS.values(), figures, strict=True))
    spans = {book: bars.from_zero(books[book][part] for part in _PARTS) for book in ("recorded", "corrected")}
    return theme.finish(
        bars.in_two_books(list(_PARTS.values()), figures, spans, [part == "gap" for part in _PARTS]),
        title=f"Cost of sales by purchases and stock, less that by sales: {now}, recorded {was}",
        subtitle=f"{when}: opening + purchases − closing − cost of sales, and what explains it; grey is recorded.",
        description=f"Periodic less perpetual cost of sales in {when}: {was} recorded, {now} corrected. {listed}.",
        height=rows.height(len(_PARTS)),
    )
