"""What customers were shown against what was there, and what came of it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

_TITLES = {
    "phantom_availability": "Listed, not there", "hidden_unavailability": "There, not listed",
    "oversell_rate": "Sold twice", "seller_cancel_rate": "Cancelled by us",
    "unexplained_cancel_rate": "Cancelled, not said why",
}  # fmt: skip
_NONE = "No item is listed, oversold or cancelled."


def draw(gaps: pd.DataFrame, *, period: str) -> alt.LayerChart:
    """``gaps`` as the measure of that name, in ``period``; no channel is drawn without a gap."""
    month = gaps[(gaps["period"] == period) & gaps["value"].notna()]
    month = month[month["system"].notna() | (month["value"] > 0)]
    month = month.assign(place=month["measure"].map(list(_TITLES).index), who=month["system"].fillna(month["channel"]))
    month = month.sort_values(["place", "who"])
    names = [f"{_TITLES[measure]}: {who}" for measure, who in zip(month["measure"], month["who"], strict=True)]
    values = [float(value) for value in month["value"]]
    figures = [wording.percent(value) for value in values]
    when = wording.period_title(period)
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    worst = max(zip(values, names, strict=True), default=(0.0, ""))
    finding = f"{worst[1]}, {wording.percent(worst[0])}" if worst[0] else "Nothing listed was missing"
    return theme.finish(
        bars.ticked(names, values, figures) if names else theme.words(_NONE),
        title=finding,
        subtitle=f"{when}: share of items listed or there, of units ordered, of order lines.",
        description=f"Listings against stock, {when}: {listed or 'nothing to compare'}.",
        height=rows.height(len(names)) if names else theme.LINE,
    )
