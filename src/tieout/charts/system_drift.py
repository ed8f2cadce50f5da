"""How far the systems are apart about the same stock: the gross value of what they disagree on."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording


def draw(drift: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``drift`` as the measure of that name: of each pair the last moment of ``period``. In units of ``currency``."""
    month = drift[(drift["period"] == period) & drift["value_gross"].notna()]
    month = month.sort_values("taken_at").groupby(["first_system", "second_system"], as_index=False).last()
    month = month.sort_values(["value_gross", "first_system", "second_system"], ascending=[False, True, True])
    names = [
        f"{first} against {other}" for first, other in zip(month["first_system"], month["second_system"], strict=True)
    ]
    figures = [
        f"{wording.money(value, currency)} ({wording.percent(share)})"
        for value, share in zip(month["value_gross"], month["equal_share"], strict=True)
    ]
    when = wording.period_title(period)
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    return theme.finish(
        bars.ticked(names, list(month["value_gross"].astype(float)), figures)
        if names
        else theme.words("No two systems can be compared."),
        title=f"Largest drift: {names[0]}, {figures[0].partition(' (')[0]}" if names else "No drift is known",
        subtitle=f"Last of {when}: value of the units that differ, over and under added up (items equal).",
        description=f"Gross drift of the stock, last of {when} (items equal): {listed or 'none can be compared'}.",
        height=rows.height(len(names)) if names else theme.LINE,
    )
