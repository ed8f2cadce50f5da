"""How soon a period is known: the share of its cost of sales that the ledger had some days after its end."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

_NAMES = {"revenue": "revenue", "cogs": "cost of sales"}


def draw(known: pd.DataFrame, *, period: str, measure: str = "cogs") -> alt.LayerChart:
    """``known`` as the measure of revelation; shares of the final amount."""
    month = known[(known["period"] == period) & (known["measure"] == measure) & known["known_share"].notna()]
    names = [f"{days} day{'s' if days > 1 else ''} after" if days else "At its end" for days in month["days_after"]]
    shares = [float(share) for share in month["known_share"]]
    figures = [wording.percent(share) for share in shares]
    when, what = wording.period_title(period), _NAMES[measure]
    listed = "; ".join(f"{name.lower()} {figure}" for name, figure in zip(names, figures, strict=True))
    none = f"It is not known when the {what} of {when} reached the ledger."
    return theme.finish(
        bars.plain(names, shares, figures, [theme.ACCENT] * len(names)) if names else theme.words(none),
        title=f"At the end of the period {figures[0]} of its {what} was known"
        if names
        else "How soon a period is known",
        subtitle=f"Share of the final {what} of {when} that the ledger had.",
        description=f"Share of the {what} of {when} that the ledger had: {listed}." if names else none,
        height=rows.height(len(names)) if names else theme.LINE,
    )
