"""Goods that a marketplace lost and has not made good, by how long that is ago."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

BUCKETS = ("0–30", "31–60", "61–90", ">90")  # days


def draw(claims: pd.DataFrame, *, as_of: str, currency: str) -> alt.LayerChart:
    """``claims`` as the measure of unrecovered_claims, at the run's "now", in units of ``currency``."""
    due = {bucket: claims[claims["bucket"] == bucket] for bucket in BUCKETS}
    sums = [sum(rows["unrecovered_amount"].dropna(), Decimal(0)) for rows in due.values()]
    lost = [sum(rows["amount"].dropna(), Decimal(0)) for rows in due.values()]
    figures = [wording.money(amount, currency) for amount in sums]
    names = [f"{bucket} days" for bucket in BUCKETS]
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    total, whole = wording.money(sum(sums, Decimal(0)), currency), wording.money(sum(lost, Decimal(0)), currency)
    message = f"{total} of {whole} lost at marketplaces is not made good"
    none = "No goods were lost in a marketplace's hands."
    return theme.finish(
        bars.ticked(names, sums, figures, [float(amount) for amount in lost]) if any(lost) else theme.words(none),
        title=message if any(lost) else "Claims on marketplaces",
        subtitle=f"At cost, by age on {as_of[:10]}: the bar is what is open, the tick what was lost.",
        description=f"{message} on {as_of[:10]}: {listed}." if any(lost) else none,
        height=rows.height(len(names)) if any(lost) else theme.LINE,
    )
