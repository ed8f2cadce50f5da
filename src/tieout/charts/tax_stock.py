"""Stock by tax region, recorded and corrected: a memo for the tax return."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording


def draw(stock: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``stock`` as the measure of tax_stock, in units of ``currency``."""
    month = stock[stock["period"] == period].fillna({"tax_region": "no region"})
    wide = month.pivot(index="tax_region", columns="book", values="amount").astype(object)
    names = list(wide.index)
    when = wording.period_title(period)
    none = f"No stock lies anywhere at the end of {when}."
    if not names or not {"recorded", "corrected"} <= set(wide.columns):
        return theme.finish(theme.words(none), title="Stock by tax region", subtitle=f"End of {when}.",
                            description=none, height=theme.LINE)  # fmt: skip
    figures = [wording.money(amount, currency) for amount in wide["corrected"]]
    moved = max(names, key=lambda name: (abs(wide["recorded"][name] - wide["corrected"][name]), name))
    change = wording.signed_money(wide["recorded"][moved] - wide["corrected"][moved], currency)
    listed = "; ".join(
        f"{name} {wording.money(wide['recorded'][name], currency)} recorded, {figure} corrected"
        for name, figure in zip(names, figures, strict=True)
    )
    spans = {book: bars.from_zero(wide[book]) for book in ("recorded", "corrected")}
    return theme.finish(
        bars.in_two_books(names, figures, spans),
        title=f"The books are furthest off in {moved}: {change}",
        subtitle=f"Stock at the end of {when}; grey is recorded, black (and the figure) corrected.",
        description=f"Stock by tax region at the end of {when}: {listed}.",
        height=rows.height(len(names)),
    )
