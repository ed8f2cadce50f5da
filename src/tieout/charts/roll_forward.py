"""From opening to closing stock: every movement as it was recorded and as it was."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

_NAMES = {
    "opening": "Opening", "brought_forward": "Brought forward", "received": "Received",
    "returned_to_vendors": "Returned to vendors", "returned_by_customers": "Returned by customers",
    "transferred_in": "Transferred in", "transferred_out": "Transferred out", "sold": "Sold",
    "assembled": "Assembled", "used_in_assemblies": "Used in assemblies", "adjusted": "Adjusted and counted",
    "written_off": "Written off", "revalued": "Revalued by bills", "other": "Without an event", "closing": "Closing",
}  # fmt: skip


def draw(roll_forward: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``roll_forward`` as the measure of that name; amounts in units of ``currency``."""
    month = roll_forward[roll_forward["period"] == period]
    recorded, corrected = (month[month["book"] == book] for book in ("recorded", "corrected"))
    sums = {name: tuple(sum(book[f"{name}_amount"], Decimal(0)) for book in (recorded, corrected)) for name in _NAMES}
    shown = {name: pair for name, pair in sums.items() if any(pair) or name in ("opening", "closing")}
    names = [_NAMES[name] for name in shown]
    figures = [wording.money(now, currency) for _, now in shown.values()]
    when = wording.period_title(period)
    before, after = (wording.money(amount, currency) for amount in sums["closing"])
    apart = "; ".join(
        f"{_NAMES[name]} {wording.money(pair[0], currency)} recorded, {wording.money(pair[1], currency)} corrected"
        for name, pair in shown.items() if pair[0] != pair[1]
    )  # fmt: skip
    return theme.finish(
        bars.in_two_books(names, figures, {
            "recorded": bars.from_zero(was for was, _ in shown.values()),
            "corrected": bars.from_zero(now for _, now in shown.values()),
        })
        if len(month) else theme.words("No stock was there or moved."),
        title=f"Stock closes at {after}, " + (f"not {before} as recorded" if before != after else "as recorded"),
        subtitle=f"{when}: in to the right, out to the left; grey is recorded, black (and the figure) corrected.",
        description=f"Roll-forward of stock in {when}: closing {before} recorded, {after} corrected. "
        f"What differs: {apart or 'nothing'}.",
        height=rows.height(len(names)) if len(month) else theme.LINE,
    )  # fmt: skip
