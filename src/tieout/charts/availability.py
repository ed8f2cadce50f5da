"""Available stock by one definition after the other: bars of units, and between them the cells that only one counts."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import NamedTuple

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

SHOWN = 4  # cells of a step with a row of their own; the rest are one row
_TITLES = {
    "operations": "Operations: here",
    "finance": "Finance: valued and paid",
    "sales": "Sales: not promised",
    "available_to_sell": "Available to sell",
}


class _Step(NamedTuple):
    name: str
    units: Decimal
    is_level: bool = False


def draw(availability: pd.DataFrame, bridge: pd.DataFrame, *, period: str) -> alt.LayerChart:
    """``availability`` and ``bridge`` as the measures of that name and its bridge; at the end of ``period``. Units."""
    here = availability[(availability["period"] == period) & availability["is_period_end"]]
    changes = bridge[(bridge["period"] == period) & bridge["is_period_end"]]
    unknown = sorted(set(here.loc[here["finance"].isna(), "reason"].dropna()))
    path = [name for name in _TITLES if name != "finance" or not here["finance"].isna().any()]
    totals = {name: sum(here[name], Decimal(0)) for name in path}
    steps = [_Step(_TITLES["operations"], totals["operations"], is_level=True)]
    for first, following in itertools.pairwise(path):
        of_step = changes[(changes["from_definition"] == first) & (changes["to_definition"] == following)]
        steps += [*_cells(of_step), _Step(_TITLES[following], totals[following], is_level=True)]
    is_empty = totals["operations"] == 0 and changes.empty
    when = wording.period_title(period)
    listed = "; ".join(f"{step.name} {_text(step)}" for step in steps)
    note = f" Finance is not known: {', '.join(unknown)}." if unknown else ""
    present, sellable = (wording.units(totals[name]) for name in ("operations", "available_to_sell"))
    return theme.finish(
        theme.words("No stock is there.") if is_empty else _layers(steps),
        title=f"{present} units are here, {sellable} can be sold",
        subtitle=f"End of {when}. Grey is a definition, blue what it counts less (solid) or more (pale).{note}",
        description=f"Available stock at the end of {when}, in units: {'none' if is_empty else listed}.{note}",
        height=theme.LINE if is_empty else rows.height(len(steps)),
    )


def _cells(changes: pd.DataFrame) -> list[_Step]:
    """The cells of one step, the largest first; small ones beyond the limit become one."""
    pairs = sorted(zip(changes["cell"], changes["units"], strict=True), key=lambda pair: (-abs(pair[1]), pair[0]))
    steps = [_Step(cell, units) for cell, units in pairs]
    if len(steps) <= SHOWN + 1:
        return steps
    rest = sum((step.units for step in steps[SHOWN:]), Decimal(0))
    return [*steps[:SHOWN], _Step(f"{len(steps) - SHOWN} smaller cells", rest)]


def _text(step: _Step) -> str:
    return wording.units(step.units) if step.is_level else f"{step.units:+,.0f}".replace("-", wording.MINUS)


def _layers(steps: list[_Step]) -> alt.LayerChart:
    placed, level = [], Decimal(0)
    for row, step in enumerate(steps):
        start, level = (Decimal(0), step.units) if step.is_level else (level, level + step.units)
        placed.append({
            "top": row - 0.3, "bottom": row + 0.3, "start": float(start), "end": float(level), "name": step.name,
            "kind": "level" if step.is_level else "less" if step.units < 0 else "more", "text": _text(step),
        })  # fmt: skip
    table = pd.DataFrame(placed)
    ends = [*table["start"], *table["end"]]
    x = alt.X("start:Q", axis=None, scale=rows.x_scale(min(0.0, *ends), max(0.0, *ends)))
    tooltip = [alt.Tooltip("name:N", title="What"), alt.Tooltip("text:N", title="Units")]
    looks = {
        "level": (theme.PALE, theme.GREY),
        "less": (theme.ACCENT, theme.ACCENT),
        "more": (theme.TINT, theme.ACCENT),
    }
    marks = [
        alt.Chart(table[table["kind"] == kind])
        .mark_rect(fill=fill, stroke=stroke)
        .encode(x=x, x2="end:Q", y=rows.y("top", len(steps)), y2="bottom:Q", tooltip=tooltip)
        for kind, (fill, stroke) in looks.items()
        if (table["kind"] == kind).any()
    ]
    return rows.frame(marks, list(table["name"]), list(table["text"]), [step.is_level for step in steps])
