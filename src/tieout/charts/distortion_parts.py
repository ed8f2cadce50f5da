"""Whose money the distortion of stock is: what can be got back, and what is gone."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

_NAMES = {
    "recoverable": "Can be got back", "purchasing": "Never bought or never billed", "already_sold": "Already sold",
    "lost": "Lost or written off", "other": "Other",
}  # fmt: skip


def draw(parts: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``parts`` as the measure of distortion_parts; money in units of ``currency``, cumulative to its end."""
    month = parts[(parts["period"] == period) & parts["in_corrected"]]
    over = {part: sum((max(amount, Decimal(0)) for amount in month[part]), Decimal(0)) for part in _NAMES}
    net = {part: sum(month[part], Decimal(0)) for part in _NAMES}
    shown = [part for part in _NAMES if over[part] or net[part]]
    names = [_NAMES[part] for part in shown]
    figures = [wording.signed_money(net[part], currency) for part in shown]
    when = wording.period_title(period)
    total = sum(month["net"], Decimal(0))
    size, back = wording.money(abs(total), currency), wording.money(net["recoverable"], currency)
    message = f"The books show {size} too {'much' if total > 0 else 'little'} stock"
    message += f"; {back} can be got back" if net["recoverable"] > 0 else "; none of it is money to be got back"
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    return theme.finish(
        bars.two_sided(names, [over[part] for part in shown], [over[part] - net[part] for part in shown], figures)
        if shown else theme.words("No proven cause distorts inventory."),
        title=message if shown else "Whose money the distortion of stock is",
        subtitle=f"End of {when}: solid (right) overstates, pale (left) understates. Writing down frees no cash.",
        description=f"Distortion of stock at the end of {when}, {wording.signed_money(total, currency)} in all, "
        f"by whose money it is: {listed or 'none'}.",
        height=rows.height(len(names)) if shown else theme.LINE,
    )  # fmt: skip
