"""The gross margin of each period with the range that the evidence leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

SHOWN = 13


def draw(headline: pd.DataFrame, *, periods: list[str]) -> alt.LayerChart:
    """``headline`` as the measure of that name, of ``periods``, in the order of time."""
    month = headline[headline["period"].isin(periods) & headline["gross_margin"].notna()][-SHOWN:]
    records = month.to_dict("records")
    table = pd.DataFrame({
        "row": range(len(records)), "top": [row - 0.22 for row in range(len(records))],
        "bottom": [row + 0.22 for row in range(len(records))],
        "value": [float(record["gross_margin"]) for record in records],
        "low": [float(record["gross_margin_min"]) for record in records],
        "high": [float(record["gross_margin_max"]) for record in records],
        "name": [wording.period_title(record["period"]) for record in records],
        "text": [shown(record) for record in records],
        "is_withheld": [bool(record["is_withheld"]) for record in records],
    })  # fmt: skip
    sharp = sum(not record["is_withheld"] and record["decimals"] == 1 for record in records)
    listed = "; ".join(f"{row.name} {row.text}" for row in table.itertuples(index=False))
    count = f"{sharp} of {len(records)} period{'s' if len(records) != 1 else ''}"
    return theme.finish(
        _layers(table) if records else theme.words("No period has sales."),
        title=f"The evidence carries the margin to 0.1% in {count}",
        subtitle="Corrected gross margin; bars span what is unexplained or of unknown cost. The scale is cut.",
        description=f"Corrected gross margin up to {wording.period_title(periods[-1])}, known to 0.1% in {count}: "
        f"{listed or 'no sales'}",
        height=rows.height(len(records)) if records else theme.LINE,
    )


def shown(record: Mapping[Any, Any]) -> str:
    """What may be said of a period's margin: the figure, its range, or that it is withheld."""
    low, high = (wording.percent(float(record[f"gross_margin_{end}"])) for end in ("min", "max"))
    if record["is_withheld"]:
        return f"withheld ({low} to {high})"
    if wording.is_missing(record["decimals"]):
        return f"{low} to {high}"
    return wording.percent(float(record["gross_margin"]), int(record["decimals"]))


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    axis = alt.Axis(format="%", tickCount=3, grid=True, labelOverlap="greedy", labelSeparation=8)
    scale = rows.x_scale(table["low"].min(), table["high"].max())
    low, value = (alt.X(f"{field}:Q", axis=axis, scale=scale) for field in ("low", "value"))
    tooltip = [alt.Tooltip("name:N", title="Period"), alt.Tooltip("text:N", title="Gross margin")]
    spans = alt.Chart(table).mark_rect(fill=theme.TINT, stroke=theme.ACCENT)
    points = alt.Chart(table[~table["is_withheld"]]).mark_point(size=90, filled=True, color=theme.INK, opacity=1)
    marks = [
        spans.encode(x=low, x2="high:Q", y=rows.y("top", len(table)), y2="bottom:Q", tooltip=tooltip),
        points.encode(x=value, y=rows.y("row", len(table)), tooltip=tooltip),
    ]
    return rows.frame(marks, list(table["name"]), list(table["text"]))
