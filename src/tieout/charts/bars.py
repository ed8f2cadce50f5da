"""Rows of bars on one scale that holds zero: the corrected book's in ink, the recorded one's in grey above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from tieout.charts import rows, theme

Span = tuple[float, float]  # where a bar starts and ends
_BOOKS = {"recorded": (-0.3, -0.02, theme.GREY), "corrected": (0.02, 0.3, theme.INK)}


def pairs(
    names: Sequence[str],
    figures: Sequence[str],
    spans: Mapping[str, Sequence[Span]],
    bold: Sequence[bool] | None = None,
) -> alt.LayerChart:
    """Two bars a row; ``spans`` has those of the book ``recorded`` and of ``corrected``."""
    return _layers(names, figures, [(spans[book], *place) for book, place in _BOOKS.items()], bold)


def single(names: Sequence[str], figures: Sequence[str], values: Sequence[float]) -> alt.LayerChart:
    """One bar a row from zero: solid to the right, pale to the left."""
    right = [(0.0, max(value, 0.0)) for value in values]
    left = [(0.0, min(value, 0.0)) for value in values]
    return _layers(names, figures, [(right, -0.28, 0.28, theme.ACCENT), (left, -0.28, 0.28, theme.TINT)], None)


def _layers(
    names: Sequence[str],
    figures: Sequence[str],
    series: Sequence[tuple[Sequence[Span], float, float, str]],
    bold: Sequence[bool] | None,
) -> alt.LayerChart:
    """``series``: the rows' spans with top and bottom of their bars within the row, and their colour."""
    ends = [end for spans, *_ in series for span in spans for end in span]
    x = alt.X("start:Q", axis=None, scale=rows.x_scale(min(0.0, *ends), max(0.0, *ends)))
    y = rows.y("top", len(names))
    tooltip = [alt.Tooltip("name:N", title="Row"), alt.Tooltip("text:N", title="Amount")]
    marks = []
    for spans, top, bottom, colour in series:
        table = pd.DataFrame({
            "top": [row + top for row in range(len(names))], "bottom": [row + bottom for row in range(len(names))],
            "start": [start for start, _ in spans], "end": [end for _, end in spans],
            "name": list(names), "text": list(figures),
        })  # fmt: skip
        table = table[table["start"] != table["end"]]
        stroke = theme.ACCENT if colour == theme.TINT else colour
        mark = alt.Chart(table).mark_rect(fill=colour, stroke=stroke)
        marks.append(mark.encode(x=x, x2="end:Q", y=y, y2="bottom:Q", tooltip=tooltip))
    zero = alt.Chart(pd.DataFrame({"start": [0.0]})).mark_rule(color=theme.INK).encode(x=x)
    return rows.frame([*marks, zero], list(names), list(figures), bold)
