"""Same count, other value: how often two systems agree on the units of a place and not on what they are worth."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording


def draw(pairs: pd.DataFrame, *, period: str) -> alt.LayerChart:
    """``pairs`` as the measure of valuation_only; shares of the compared places of an item."""
    month = pairs[pairs["period"] == period]
    known = month[month["valuation_only_share"].notna()]
    names = [f"{row['system']} and {row['other_system']}" for row in known.to_dict("records")]
    shares = [float(share) for share in known["valuation_only_share"]]
    figures = [wording.percent(share) for share in shares]
    when = wording.period_title(period)
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    none = "No two systems can be compared: " + "; ".join(sorted(set(month["reason"].dropna()))) + "."
    message = f"{figures[0]} of places have the same count and another value" if names else "Same count, other value"
    return theme.finish(
        bars.plain(names, shares, figures, [theme.ACCENT] * len(names)) if names else theme.words(none),
        title=message,
        subtitle=f"End of {when}: share of the places of an item that both systems know.",
        description=f"Same count and other value at the end of {when}: {listed}." if names else none,
        height=rows.height(len(names)) if names else theme.LINE,
    )
