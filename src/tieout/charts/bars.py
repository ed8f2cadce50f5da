"""Bars from zero, one a row: what is too high is solid and to the right, what is too low is pale and to the left."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from tieout.charts import rows, theme


def diverging(
    names: Sequence[str], over: Sequence[float], under: Sequence[float], texts: Sequence[str], *,
    what: str = "Cause", figure: str = "Net distortion", bold: Sequence[bool] | None = None,
) -> alt.LayerChart:  # fmt: skip
    """``over`` and ``under`` (both positive) of each row around one zero; ``texts`` stand at its end."""
    places = range(len(names))
    table = pd.DataFrame({
        "row": places, "top": [row - 0.28 for row in places], "bottom": [row + 0.28 for row in places], "zero": 0.0,
        "name": list(names), "over": list(over), "under": [-value for value in under], "text": list(texts),
    })  # fmt: skip
    scale = rows.x_scale(min(0.0, *table["under"]), max(0.0, *table["over"]))
    x, y = alt.X("zero:Q", axis=None, scale=scale), rows.y("top", len(table))
    tooltip = [alt.Tooltip("name:N", title=what), alt.Tooltip("text:N", title=figure)]
    marks = [
        alt.Chart(table[table[end] != 0])
        .mark_rect(fill=fill, stroke=theme.ACCENT)
        .encode(x=x, x2=f"{end}:Q", y=y, y2="bottom:Q", tooltip=tooltip)
        for end, fill in (("over", theme.ACCENT), ("under", theme.TINT))
    ]
    zero = alt.Chart(table[:1]).mark_rule(color=theme.INK).encode(x=x)
    return rows.frame([*marks, zero], list(names), list(texts), bold)


def signed(
    names: Sequence[str], values: Sequence[float], texts: Sequence[str], *,
    what: str = "Cause", figure: str = "Net distortion", bold: Sequence[bool] | None = None,
) -> alt.LayerChart:  # fmt: skip
    """One signed value a row."""
    over, under = [max(value, 0.0) for value in values], [max(-value, 0.0) for value in values]
    return diverging(names, over, under, texts, what=what, figure=figure, bold=bold)
