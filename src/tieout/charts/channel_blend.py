"""Why a channel's contribution margin is not the company's: mix, price, cost, fees, returns and the rest."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

PARTS = {
    "mix": "Mix of items", "price": "Price", "cost": "Unit cost", "price_and_cost": "Price and cost, not told apart",
    "fees": "Fees", "returns": "Returns", "discounts": "Discounts", "other": "Shipping, write-offs, marketing",
    "difference": "Difference",
}  # fmt: skip
BOOKS = ("recorded", "corrected")


def draw(blend: pd.DataFrame, guards: pd.DataFrame, *, period: str, channel: str) -> alt.LayerChart:
    """The measures ``channel_blend`` and ``channel_guards``; nothing to draw without sales in both books."""
    month = blend[(blend["period"] == period) & (blend["channel"].fillna("") == channel)].dropna(subset=["difference"])
    books = {str(row["book"]): row for row in month.to_dict("records")}
    when, name = wording.period_title(period), channel or "no channel"
    if set(books) != set(BOOKS):
        return theme.finish(
            theme.words("Nothing to compare: no sales in one of the books."),
            title=f"{name} against the company", subtitle=f"{when}.",
            description=f"{when}: {name} has no sales in one of the books.", height=theme.LINE,
        )  # fmt: skip
    parts = {book: {part: float(row[part]) for part in PARTS} for book, row in books.items()}
    shown = [part for part in PARTS if part == "difference" or any(parts[book][part] for book in BOOKS)]
    names = [PARTS[part] for part in shown]
    was, now = ([wording.points(parts[book][part]) for part in shown] for book in BOOKS)
    listed = "; ".join(f"{row} {old} recorded, {new} corrected" for row, old, new in zip(names, was, now, strict=True))
    caveat = wording.not_comparable(guards[guards["period"] == period])
    spans = {book: [(0.0, parts[book][part]) for part in shown] for book in BOOKS}
    verb = "above" if parts["corrected"]["difference"] >= 0 else "below"
    return theme.finish(
        bars.in_two_books(names, now, spans, [part == "difference" for part in shown]),
        title=f"{name}: {now[-1].lstrip('+' + wording.MINUS)} {verb} the company's contribution margin",
        subtitle=f"{when}. Grey recorded, black and in figures corrected; right is better than the company. {caveat}",
        description=f"Contribution margin of {name} less the company's, {when}: {listed}. {caveat}",
        height=rows.height(len(names)),
    )
