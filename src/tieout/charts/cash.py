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
    order = (month["overstated"] + month["understated"]).astype(float).to_numpy()
    month = month.iloc[sorted(range(len(month)), key=lambda i: (-order[i], month["cause"].iloc[i]))][:SHOWN]
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
        _layers(table),
        title="What overstates and understates inventory",
        subtitle=f"End of {when}, recorded minus corrected: solid (right) overstates, pale (left) understates.",
        description=f"Distortion of inventory at the end of {when} by cause: {listed or 'none'}.",
        height=rows.height(len(month)),
    )


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    scale = rows.x_scale(min(0.0, *table["under"]), max(0.0, *table["over"]))
    tooltip = [alt.Tooltip("name:N", title="Cause"), alt.Tooltip("text:N", title="Net distortion")]

    def bar(end: str, fill: str) -> alt.Chart:
        mark = alt.Chart(table[table[end] != 0]).mark_rect(fill=fill, stroke=theme.ACCENT)
        x = alt.X("zero:Q", axis=None, scale=scale)
        return mark.encode(x=x, x2=f"{end}:Q", y=rows.y("top", len(table)), y2="bottom:Q", tooltip=tooltip)

    zero = alt.Chart(table[:1]).mark_rule(color=theme.INK).encode(x=alt.X("zero:Q", scale=scale))
    return rows.frame([bar("over", theme.ACCENT), bar("under", theme.TINT), zero], list(table["name"]), list(table["text"]))
