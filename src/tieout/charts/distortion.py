"""By how much each figure of a period is too high and too low: errors that hide each other stand apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

_NAMES = {
    "revenue": "Revenue", "shipping_income": "Shipping income", "discounts": "Discounts", "returns": "Returns",
    "cogs": "Cost of goods sold", "gross_profit": "Gross profit", "stock_losses": "Stock losses",
    "profit_after_stock_losses": "Profit after stock losses", "fees": "Fees", "marketing": "Marketing",
    "contribution": "Contribution", "inventory": "Inventory, change",
}  # fmt: skip
_SUMS = ("gross_profit", "profit_after_stock_losses", "contribution")


def draw(distortion: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``distortion`` as the measure of that name; amounts in units of ``currency``, evidence A to C."""
    month = distortion[(distortion["period"] == period) & distortion["in_corrected"]]
    ends = ["overstated", "understated", "net"]
    totals = {
        measure: [sum(lines[end], Decimal(0)) for end in ends]
        for measure, lines in month.groupby("measure")
        if any(lines["gross"])
    }
    shown = [measure for measure in _NAMES if measure in totals]
    over, under = ([float(totals[measure][place]) for measure in shown] for place in (0, 1))
    texts = [wording.signed_money(totals[measure][2], currency) for measure in shown]
    names = [_NAMES[measure] for measure in shown]
    when = wording.period_title(period)
    listed = "; ".join(
        f"{name} {text} net ({wording.money(totals[measure][0], currency)} too high, "
        f"{wording.money(totals[measure][1], currency)} too low)"
        for name, text, measure in zip(names, texts, shown, strict=True)
    )
    return theme.finish(
        bars.two_sided(names, over, under, texts, bold=[measure in _SUMS for measure in shown])
        if shown
        else theme.words("No proven cause distorts a figure."),
        title=_message(totals, when, currency),
        subtitle=f"{when}, recorded minus corrected: solid (right) too high, pale (left) too low; the net at the end.",
        description=f"Distortion of {when} by figure: {listed or 'none, 0 of 0'}.",
        height=rows.height(len(shown)) if shown else theme.LINE,
    )


def _message(totals: dict[Any, list[Decimal]], when: str, currency: str) -> str:
    if "gross_profit" not in totals:
        return f"Gross profit of {when} is as recorded"
    over, under, net = totals["gross_profit"]
    gross = wording.money(over + under, currency)
    return f"{gross} of errors in gross profit leave {wording.signed_money(net, currency)} to be seen"
