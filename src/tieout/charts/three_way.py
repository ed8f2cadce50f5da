"""Stock counted, stock replayed and stock in the ledger, of the places that were counted."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

_VIEWS = {"physical": "Counted", "perpetual": "From the history", "ledger": "In the ledger"}


def draw(three_way: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``three_way`` as the measure of that name; amounts in units of ``currency``."""
    month = three_way[three_way["period"] == period]
    counted = month[month["physical_amount"].notna()]
    sums = {view: sum(counted[f"{view}_amount"], Decimal(0)) for view in _VIEWS}
    apart = {view: wording.signed_money(sums["physical"] - sums[view], currency) for view in ("perpetual", "ledger")}
    figures = [wording.money(amount, currency) for amount in sums.values()]
    when = wording.period_title(period)
    left_out = f"{len(month) - len(counted):,} of {len(month):,} items at a place are not counted"
    gap = sums["ledger"] - sums["physical"]
    size = wording.money(abs(gap), currency)
    message = "Count and ledger agree"
    if gap:
        message = f"The ledger shows {size} {'more' if gap > 0 else 'less'} than was counted"
    return theme.finish(
        bars.plain(list(_VIEWS.values()), sums.values(), figures, [theme.ACCENT, theme.INK, theme.GREY])
        if len(counted) else theme.words("No place was counted."),
        title=message if len(counted) else "Count, history and ledger",
        subtitle=f"End of {when}, counts rolled forward to it; {left_out}.",
        description=f"Stock at the end of {when} where it was counted: {figures[0]} counted, "
        f"{figures[1]} from the history ({apart['perpetual']}), "
        f"{figures[2]} in the ledger ({apart['ledger']}); {left_out}.",
        height=rows.height(len(_VIEWS)) if len(counted) else theme.LINE,
    )  # fmt: skip
