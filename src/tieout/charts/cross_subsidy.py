"""Which channel looks better because others bear its costs, and which pays for it."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording


def draw(cross_subsidy: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``cross_subsidy`` as the measure of that name; positions over all components, the best treated channel first."""
    month = cross_subsidy[cross_subsidy["period"] == period].fillna({"channel": ""})
    sums: dict[str, Decimal] = {}
    for channel, position in zip(month["channel"], month["position"], strict=True):
        sums[channel] = sums.get(channel, Decimal(0)) + position
    order = sorted((channel for channel in sums if sums[channel]), key=lambda channel: (-sums[channel], channel))
    names = [channel or "no channel" for channel in order]
    figures = [wording.signed_money(sums[channel], currency) for channel in order]
    when = wording.period_title(period)
    basis = (
        "Two channels: one pays the other." if len(order) == 2 else "Net positions only: who pays whom is not unique."
    )
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    return theme.finish(
        bars.signed(names, [float(sums[channel]) for channel in order], figures)
        if order
        else theme.words("No channel bears what belongs to another."),
        title=f"Others pay {figures[0].removeprefix('+')} for {names[0]}" if order else "No channel pays for another",
        subtitle=f"{when}, what is booked on another channel: right has what others earned, left lacks it. {basis}",
        description=f"Net positions between the channels in {when}: {listed or 'none'}. {basis}",
        height=rows.height(len(order)) if order else theme.LINE,
    )
