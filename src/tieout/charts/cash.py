"""By how much each cause overstates or understates inventory at a period's end."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

SHOWN = 9


def draw(cash: pd.DataFrame, titles: dict[str, str], *, period: str, currency: str) -> alt.LayerChart:
    """``cash`` as the measure of that name; amounts in units of ``currency``, cumulative to the period's end."""
    month = cash[(cash["period"] == period) & cash["in_corrected"]]
    month = month[(month["overstated"] != 0) | (month["understated"] != 0)]
    month = month.assign(gross=-(month["overstated"] + month["understated"])).sort_values(["gross", "cause"])[:SHOWN]
    labels = [titles.get(cause, cause) for cause in month["cause"]]
    table = pd.DataFrame({
        "row": range(len(month)), "top": [row - 0.28 for row in range(len(month))],
        "bottom": [row + 0.28 for row in range(len(month))], "zero": 0.0, "name": labels,
        "over": month["overstated"].astype(float).to_numpy(), "under": -month["understated"].astype(float).to_numpy(),
        "text": [wording.signed_money(net, currency) for net in month["net"]],
    })  # fmt: skip
    when = wording.period_title(period)
    listed = "; ".join(f"{name} {text}" for name, text in zip(labels, table["text"], strict=True))
    return theme.finish(
        _layers(table) if len(table) else theme.words("No proven cause distorts inventory."),
        title="What overstates and understates inventory",
        subtitle=f"End of {when}, recorded minus corrected: solid (right) overstates, pale (left) understates.",
        description=f"Distortion of inventory at the end of {when} by cause: {listed or 'none'}.",
        height=rows.height(len(month)) if len(month) else theme.LINE,
    )


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    scale = rows.x_scale(min(0.0, *table["under"]), max(0.0, *table["over"]))
    x, y = alt.X("zero:Q", axis=None, scale=scale), rows.y("top", len(table))
    tooltip = [alt.Tooltip("name:N", title="Cause"), alt.Tooltip("text:N", title="Net distortion")]
    bars = [
        alt.Chart(table[table[end] != 0])
        .mark_rect(fill=fill, stroke=theme.ACCENT)
        .encode(x=x, x2=f"{end}:Q", y=y, y2="bottom:Q", tooltip=tooltip)
        for end, fill in (("over", theme.ACCENT), ("under", theme.TINT))
    ]
    zero = alt.Chart(table[:1]).mark_rule(color=theme.INK).encode(x=x)
    return rows.frame([*bars, zero], list(table["name"]), list(table["text"]))
