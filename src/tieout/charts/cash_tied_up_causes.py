"""Which causes make the money tied up in stock too much or too little."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

SHOWN = 8


def draw(causes: pd.DataFrame, titles: dict[str, str], *, period: str, currency: str) -> alt.LayerChart:
    """``causes`` as the measure of cash_tied_up_causes, cumulative to the period's end, in units of ``currency``."""
    known = causes[(causes["period"] == period) & causes["in_corrected"]]
    unknown = sorted(set(known["reason"].dropna()))
    month = known[known["cash_tied_up"].fillna(0).ne(0)]
    month = month.assign(size=-month["cash_tied_up"].abs()).sort_values(["size", "cause"])[:SHOWN]
    names = [titles.get(cause, cause) for cause in month["cause"]]
    figures = [wording.signed_money(amount, currency) for amount in month["cash_tied_up"]]
    when = wording.period_title(period)
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    none = f"Not known: {'; '.join(unknown)}." if unknown else "Nothing distorts the money that is tied up."
    return theme.finish(
        bars.signed(names, [float(amount) for amount in month["cash_tied_up"]], figures)
        if names else theme.words(none),
        title=f"{names[0]} distorts the money tied up most: {figures[0]}" if names else "Money tied up in stock",
        subtitle=f"End of {when}, recorded minus corrected: solid (right) is too much, pale (left) too little.",
        description=f"What distorts the money tied up in stock at the end of {when}: {listed}." if names else none,
        height=rows.height(len(names)) if names else theme.LINE,
    )  # fmt: skip
