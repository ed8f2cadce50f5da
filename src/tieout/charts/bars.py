"""Rows of bars on one scale that holds zero: two sides of one figure, a figure in two books, or one bar and a tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import SupportsFloat

import altair as alt
import pandas as pd

from tieout.charts import rows, theme

Span = tuple[float, float]  # where a bar starts and ends
_Series = tuple[Sequence[Span], float, float, str]  # the rows' bars, their top and bottom within the row, their colour
_BOOKS = {"recorded": (-0.3, -0.02, theme.GREY), "corrected": (0.02, 0.3, theme.INK)}
_TOP, _BOTTOM = -0.28, 0.28


def from_zero(values: Iterable[SupportsFloat]) -> list[Span]:
    """Bars that start at zero."""
    return [(0.0, float(value)) for value in values]


def two_sided(
    names: Sequence[str], over: Iterable[SupportsFloat], under: Iterable[SupportsFloat], figures: Sequence[str],
    bold: Sequence[bool] | None = None,
) -> alt.LayerChart:  # fmt: skip
    """What is too much to the right, solid; what is too little (positive, too) to the left, pale."""
    left = from_zero(-float(value) for value in under)
    sides = [(from_zero(over), _TOP, _BOTTOM, theme.ACCENT), (left, _TOP, _BOTTOM, theme.TINT)]
    return _on_zero(names, figures, sides, bold)


def signed(
    names: Sequence[str], values: Sequence[float], figures: Sequence[str], bold: Sequence[bool] | None = None
) -> alt.LayerChart:
    """One signed value a row."""
    over, under = [max(value, 0.0) for value in values], [max(-value, 0.0) for value in values]
    return two_sided(names, over, under, figures, bold)


def in_two_books(
    names: Sequence[str],
    figures: Sequence[str],
    spans: Mapping[str, Sequence[Span]],
    bold: Sequence[bool] | None = None,
) -> alt.LayerChart:
    """Each row as recorded (grey, above) and as corrected (ink, below); ``spans`` has the bars of either book."""
    return _on_zero(names, figures, [(spans[book], *place) for book, place in _BOOKS.items()], bold)


def plain(
    names: Sequence[str], values: Iterable[SupportsFloat], figures: Sequence[str], colours: Sequence[str]
) -> alt.LayerChart:
    """One bar a row, each in its own colour."""
    lengths = [float(value) for value in values]
    series = [
        (from_zero(length if place == row else 0 for place, length in enumerate(lengths)), _TOP, _BOTTOM, colour)
        for row, colour in enumerate(colours)
    ]
    return _on_zero(names, figures, series)


def ticked(
    names: Sequence[str], values: Iterable[SupportsFloat], figures: Sequence[str], ticks: Sequence[float | None] = ()
) -> alt.LayerChart:
    """One pale bar a row, and where there is one a tick on it that says one thing more."""
    return _on_zero(names, figures, [(from_zero(values), _TOP, _BOTTOM, theme.TINT)], ticks=ticks)


def _on_zero(
    names: Sequence[str],
    figures: Sequence[str],
    series: Sequence[_Series],
    bold: Sequence[bool] | None = None,
    ticks: Sequence[float | None] = (),
) -> alt.LayerChart:
    marked = {row: tick for row, tick in enumerate(ticks) if tick is not None}
    ends = [0.0, *marked.values(), *(end for spans, *_ in series for span in spans for end in span)]
    scale, y = rows.x_scale(min(ends), max(ends)), rows.y("top", len(names))
    x = alt.X("start:Q", axis=None, scale=scale)
    tooltip = [alt.Tooltip("name:N", title="Row"), alt.Tooltip("text:N", title="Figure")]
    marks = []
    for spans, top, bottom, colour in series:
        table = pd.DataFrame({
            "top": [row + top for row in range(len(names))], "bottom": [row + bottom for row in range(len(names))],
            "start": [start for start, _ in spans], "end": [end for _, end in spans],
            "name": list(names), "text": list(figures),
        })  # fmt: skip
        bar = alt.Chart(table[table["start"] != table["end"]])
        mark = bar.mark_rect(fill=colour, stroke=theme.ACCENT if colour == theme.TINT else colour)
        marks.append(mark.encode(x=x, x2="end:Q", y=y, y2="bottom:Q", tooltip=tooltip))
    if marked:
        places = pd.DataFrame({
            "start": list(marked.values()), "top": [row + _TOP for row in marked],
            "bottom": [row + _BOTTOM for row in marked],
        })  # fmt: skip
        marks.append(alt.Chart(places).mark_rule(color=theme.INK, strokeWidth=4).encode(x=x, y=y, y2="bottom:Q"))
    zero = alt.Chart(pd.DataFrame({"start": [0.0]})).mark_rule(color=theme.INK).encode(x=x)
    return rows.frame([*marks, zero], list(names), list(figures), bold)
