"""Bars that lie on zero, a row a name: two sides of one figure, or a figure in two books."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import rows, theme


def two_sided(
    names: Sequence[str], over: Iterable[Decimal], under: Iterable[Decimal], figures: Sequence[str]
) -> alt.LayerChart:
    """What is too much to the right, solid; what is too little (positive, too) to the left, pale."""
    ends = [("over", [float(value) for value in over]), ("under", [-float(value) for value in under])]
    looks = {"over": (theme.ACCENT, theme.ACCENT), "under": (theme.TINT, theme.ACCENT)}
    return _on_zero(names, figures, [(values, looks[side], (-0.28, 0.28)) for side, values in ends])


def in_two_books(
    names: Sequence[str], recorded: Iterable[Decimal], corrected: Iterable[Decimal], figures: Sequence[str]
) -> alt.LayerChart:
    """Each row as recorded (grey, above) and as corrected (ink, below)."""
    above = ([float(value) for value in recorded], (theme.GREY, theme.GREY), (-0.3, -0.02))
    below = ([float(value) for value in corrected], (theme.INK, theme.INK), (0.02, 0.3))
    return _on_zero(names, figures, [above, below])


def plain(
    names: Sequence[str], values: Iterable[Decimal | int], fills: Sequence[str], figures: Sequence[str]
) -> alt.LayerChart:
    """One bar a row, each in its own colour."""
    lengths = [float(value) for value in values]
    return _on_zero(names, figures, [
        ([length if place == row else 0.0 for place, length in enumerate(lengths)], (fill, fill), (-0.28, 0.28))
        for row, fill in enumerate(fills)
    ])  # fmt: skip


def _on_zero(
    names: Sequence[str],
    figures: Sequence[str],
    series: Sequence[tuple[list[float], tuple[str, str], tuple[float, float]]],
) -> alt.LayerChart:
    """``series``: the lengths of its bars, their fill and outline, and where in its row a bar starts and ends."""
    ends = [end for values, _, _ in series for end in values]
    x = alt.X("zero:Q", axis=None, scale=rows.x_scale(min(0.0, *ends), max(0.0, *ends)))
    y = rows.y("top", len(names))
    tooltip = [alt.Tooltip("name:N", title="Name"), alt.Tooltip("text:N", title="Figure")]
    marks = []
    for values, (fill, stroke), (top, bottom) in series:
        table = pd.DataFrame({
            "top": [row + top for row in range(len(names))], "bottom": [row + bottom for row in range(len(names))],
            "zero": 0.0, "end": values, "name": list(names), "text": list(figures),
        })  # fmt: skip
        bar = alt.Chart(table[table["end"] != 0]).mark_rect(fill=fill, stroke=stroke)
        marks.append(bar.encode(x=x, x2="end:Q", y=y, y2="bottom:Q", tooltip=tooltip))
    line = pd.DataFrame({"zero": [0.0]})
    return rows.frame([*marks, alt.Chart(line).mark_rule(color=theme.INK).encode(x=x)], names, figures)
