"""How many records of the stock are right against a physical count: exactly, and within the tolerance."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

_SHARES = ["ira_with_tolerance", "binary_ira"]


def draw(accuracy: pd.DataFrame, *, period: str) -> alt.LayerChart:
    """``accuracy`` as the measure of that name, in ``period``."""
    month = accuracy[(accuracy["period"] == period) & accuracy["measure"].isin(_SHARES)]
    tolerances = sorted(set(month["tolerance_percent"].dropna()))
    shares = month.pivot_table(index=["against", "record"], columns="measure", values="value", aggfunc="first")
    names = [f"{record} against {against}" for against, record in shares.index]
    within, exact = ([float(share) for share in shares[name]] if names else [] for name in _SHARES)
    figures = [
        f"{wording.percent(share)} ({wording.percent(whole)})" for share, whole in zip(within, exact, strict=True)
    ]
    when = wording.period_title(period)
    tolerance = f"{tolerances[0].normalize():f}%" if tolerances else "the tolerance"
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    worst = min(zip(within, names, strict=True), default=None)
    return theme.finish(
        bars.ticked(names, within, figures, exact) if names else theme.words("No physical count is there."),
        title=f"Least right: {worst[1]}, {wording.percent(worst[0])} within {tolerance}"
        if worst
        else "No record was counted",
        subtitle=f"{when}: share of records within {tolerance} of the count; upright line and brackets: exactly right.",
        description=f"Record accuracy of {when}, within {tolerance} (exact): {listed or 'nothing was counted'}.",
        height=rows.height(len(names)) if names else theme.LINE,
    )
