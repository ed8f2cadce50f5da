"""Where stock is overstated and understated at a period's end, place by place."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

SHOWN = 9


def draw(distortion: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``distortion`` as the measure of inventory_distortion; amounts in units of ``currency``."""
    month = distortion[distortion["period"] == period].fillna({"location": "no place"})
    sides = month.astype(object).groupby("location")[["overstated", "understated"]].agg("sum")
    sides = sides[(sides["overstated"] != 0) | (sides["understated"] != 0)].reset_index()
    sides = sides.assign(gross=-(sides["overstated"] + sides["understated"])).sort_values(["gross", "location"])[:SHOWN]
    names = list(sides["location"])
    nets = [over - under for over, under in zip(sides["overstated"], sides["understated"], strict=True)]
    figures = [wording.signed_money(net, currency) for net in nets]
    when = wording.period_title(period)
    too_high, too_low = (
        wording.money(sum(month[side], Decimal(0)), currency) for side in ("overstated", "understated")
    )
    by_units, by_cost = (
        wording.signed_money(sum(month[effect].dropna(), Decimal(0)), currency)
        for effect in ("quantity_effect", "cost_effect")
    )
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    return theme.finish(
        bars.two_sided(names, sides["overstated"], sides["understated"], figures)
        if names else theme.words("No place has more or less stock than the books say."),
        title=f"{too_high} of stock that is not there, {too_low} that the books lack" if names else "Stock by place",
        subtitle=f"End of {when}, recorded minus corrected: solid (right) overstates, pale (left) understates.",
        description=f"Stock at the end of {when}: {too_high} overstated, {too_low} understated; units make {by_units}, "
        f"their cost {by_cost}. Net by place: {listed or 'none'}.",
        height=rows.height(len(names)) if names else theme.LINE,
    )  # fmt: skip
