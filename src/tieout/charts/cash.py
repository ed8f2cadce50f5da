"""By how much each cause overstates or understates inventory at a period's end."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

SHOWN = 9


def draw(cash: pd.DataFrame, titles: dict[str, str], *, period: str, currency: str) -> alt.LayerChart:
    """``cash`` as the measure of that name; amounts in units of ``currency``, cumulative to the period's end."""
    month = cash[(cash["period"] == period) & cash["in_corrected"]]
    month = month[(month["overstated"] != 0) | (month["understated"] != 0)]
    month = month.assign(gross=-(month["overstated"] + month["understated"])).sort_values(["gross", "cause"])[:SHOWN]
    labels = [titles.get(cause, cause) for cause in month["cause"]]
    texts = [wording.signed_money(net, currency) for net in month["net"]]
    over, under = (month[end].astype(float).to_list() for end in ("overstated", "understated"))
    when = wording.period_title(period)
    listed = "; ".join(f"{name} {text}" for name, text in zip(labels, texts, strict=True))
    message = f"{labels[0]} distorts inventory most: {texts[0]}" if labels else "Inventory is as recorded"
    return theme.finish(
        bars.two_sided(labels, over, under, texts) if labels else theme.words("No proven cause distorts inventory."),
        title=message,
        subtitle=f"End of {when}, recorded minus corrected: solid (right) overstates, pale (left) understates.",
        description=f"Distortion of inventory at the end of {when} by cause: {listed or 'none'}.",
        height=rows.height(len(month)) if len(month) else theme.LINE,
    )
