"""Names beside the end of a line or the parts of a bar, moved apart so that they never touch."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

_LINE = 15  # pixels


def names(
    texts: Sequence[str], values: Sequence[float], colours: Sequence[str], *, y: alt.Y, domain: float, height: int
) -> alt.Chart:
    """``texts`` at the right edge, at ``values`` on an axis from 0 to ``domain`` that is ``height`` pixels high."""
    places = _apart([value / (domain or 1.0) * height for value in values])
    table = pd.DataFrame({
        "text": list(texts), "colour": list(colours), "place": [place * (domain or 1.0) / height for place in places],
    })  # fmt: skip
    mark = alt.Chart(table).mark_text(align="left", baseline="middle", dx=4)
    labels: alt.Chart = mark.encode(
        x=alt.value("width"),
        y=alt.Y("place:Q", scale=y["scale"], axis=y["axis"]),
        text="text:N",
        color=alt.Color("colour:N", scale=None),
    )
    return labels


def _apart(pixels: Sequence[float]) -> list[float]:
    """The places, in their order, each a line above the one before at least."""
    placed = [0.0] * len(pixels)
    lowest = 0.0
    for index in sorted(range(len(pixels)), key=lambda index: (pixels[index], index)):
        placed[index] = max(pixels[index], lowest)
        lowest = placed[index] + _LINE
    return placed
