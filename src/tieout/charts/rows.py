"""Pictures made of rows: a name on the left, a mark in the middle, a figure in a column on the right.

Rows are numbered on a numeric axis, so that marks can be placed between them and two rows may bear the same name.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from tieout.charts import figures, theme

STEP = 40  # pixels: room for a name on two lines, or three smaller ones
_NAME_WIDTH, _CHARACTER = 140, 7.4  # pixels
_LINE, _TIGHT = 15, 12.5  # pixels from line to line: of a name on two lines, and on three


def frame(
    marks: Sequence[alt.Chart], names: Sequence[str], texts: Sequence[str], bold: Sequence[bool] | None = None
) -> alt.LayerChart:
    """``marks`` between the names of their rows and the figures, as ``texts``; ``bold`` says which rows stand out."""
    bold = bold or [False] * len(names)
    column = round(max(map(len, texts), default=0) * _CHARACTER) + 12
    return alt.LayerChart(layer=[*marks, _names(names, bold), _figures(names, texts, bold, column)])


def y(field: str, count: int) -> alt.Y:
    """The vertical place ``field`` among ``count`` rows: row 0 on top, row ``i`` from i − 0.5 to i + 0.5."""
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[count - 0.5, -0.5], nice=False, zero=False))


def x_scale(low: float, high: float) -> alt.Scale:
    """The horizontal scale from ``low`` to ``high``, with a little air."""
    air = ((high - low) or abs(high) or 1.0) * 0.04
    return alt.Scale(domain=[low - air, high + air], nice=False, zero=False)


def height(count: int) -> int:
    """Pixels for ``count`` rows."""
    return STEP * count + 8


def _names(names: Sequence[str], bold: Sequence[bool]) -> alt.Chart:
    """Each name flush left, in at most three lines that stand around the middle of its row."""
    lines = []
    for row, name in enumerate(names):
        wrapped = textwrap.wrap(name, 19, max_lines=3, placeholder=" …")
        is_tight = len(wrapped) == 3
        for place, text in enumerate(wrapped):
            shift = (place - (len(wrapped) - 1) / 2) * (_TIGHT if is_tight else _LINE) / STEP
            lines.append({"place": row + shift, "text": text, "bold": bold[row], "size": 12 if is_tight else 13})
    table = pd.DataFrame(lines, columns=["place", "text", "bold", "size"])
    return _text(table, alt.value(-_NAME_WIDTH), y("place", len(names)), align="left")


def _figures(names: Sequence[str], texts: Sequence[str], bold: Sequence[bool], column: int) -> alt.Chart:
    table = pd.DataFrame({
        "row": range(len(texts)), "name": list(names), "text": list(texts), "bold": list(bold), "size": 13,
    })  # fmt: skip
    layer = _text(table, alt.value("width"), y("row", len(texts)), align="right", dx=column)
    return layer.properties(name=figures.LAYER)


def _text(table: pd.DataFrame, x: Any, y: alt.Y, *, align: Literal["left", "right"], dx: float = 0) -> alt.Chart:
    weight = alt.expr("datum.bold ? 'bold' : 'normal'")
    mark = alt.Chart(table).mark_text(
        align=align, baseline="middle", dx=dx, fontWeight=weight, fontSize=alt.expr("datum.size"), color=theme.INK
    )
    encoded: alt.Chart = mark.encode(x=x, y=y, text="text:N")
    return encoded
