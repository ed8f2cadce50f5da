"""The bridge: gross profit as recorded, each cause's effect, gross profit as corrected; then what is still open."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

SHOWN = 8  # causes with a row of their own; the rest are one row


class _Step(NamedTuple):
    """A level (a book's gross profit) or a change (a cause's effect), in units of currency."""

    name: str
    amount: Decimal
    is_level: bool = False
    is_known: bool = True


def draw(
    bridge: pd.DataFrame, margin: pd.DataFrame, titles: dict[str, str], *, period: str, currency: str
) -> alt.LayerChart:
    """``bridge`` and ``margin`` as the measures of those names; ``titles`` gives a cause's name for people.

    Money is in units of ``currency``. Exact: recorded plus the known causes is corrected, to the minor unit.
    """
    month = margin[margin["period"] == period]
    profit = dict(zip(month["book"], month["gross_profit"], strict=True))
    effects = bridge[(bridge["period"] == period) & (bridge["gross_profit"] != 0)]
    steps = [_Step("Recorded", profit["recorded"], is_level=True)]
    steps += _changes(effects[effects["in_corrected"]], titles, is_known=True)
    steps += [_Step("Corrected", profit["corrected"], is_level=True)]
    still_open = _changes(effects[~effects["in_corrected"]], titles, is_known=False)
    if still_open:
        steps += [*still_open, _Step("Expected", profit["expected"], is_level=True)]
    when = wording.period_title(period)
    change = wording.signed_money(profit["corrected"] - profit["recorded"], currency)
    recorded, corrected = (wording.money(profit[book], currency) for book in ("recorded", "corrected"))
    return theme.finish(
        _layers(_placed(steps, currency)),
        title=f"From {recorded} recorded to {corrected} corrected",
        subtitle=f"{when}. Bars are changes (solid lowers, pale raises); upright lines are levels; no zero is shown.",
        description=f"Gross profit of {when}: {recorded} recorded, {corrected} corrected, a change of {change}. "
        + _in_words(steps, currency),
        height=rows.height(len(steps)),
    )


def _changes(effects: pd.DataFrame, titles: dict[str, str], *, is_known: bool) -> list[_Step]:
    """The causes, the largest first; small ones beyond the limit become one."""
    pairs = sorted(
        zip(effects["cause"], effects["gross_profit"], strict=True), key=lambda pair: (-abs(pair[1]), pair[0])
    )
    steps = [_Step(titles.get(cause, cause), amount, is_known=is_known) for cause, amount in pairs]
    if len(steps) <= SHOWN + 1:
        return steps
    rest = sum((step.amount for step in steps[SHOWN:]), Decimal(0))
    return [*steps[:SHOWN], _Step(f"{len(steps) - SHOWN} smaller causes", rest, is_known=is_known)]


def _placed(steps: list[_Step], currency: str) -> pd.DataFrame:
    """One row a step, with where its bar starts and ends."""
    placed, level = [], Decimal(0)
    for row, step in enumerate(steps):
        start, level = level, step.amount if step.is_level else level + step.amount
        text = wording.money if step.is_level else wording.signed_money
        placed.append({
            "row": row, "top": row - 0.3, "bottom": row + 0.3, "next": min(row + 1.3, len(steps) - 0.7),
            "start": float(level if step.is_level else start), "end": float(level), "lowers": step.amount < 0,
            "name": step.name, "is_level": step.is_level, "is_known": step.is_known,
            "text": text(step.amount, currency),
        })  # fmt: skip
    return pd.DataFrame(placed)


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    ends = [*table["start"], *table["end"]]
    x = alt.X("start:Q", axis=None, scale=rows.x_scale(min(ends), max(ends)))
    y = rows.y("top", len(table))
    tooltip = [alt.Tooltip("name:N", title="Step"), alt.Tooltip("text:N", title="Gross profit")]
    fill = alt.condition(alt.datum.lowers, alt.value(theme.ACCENT), alt.value(theme.TINT))
    levels, known = table[table["is_level"]], table[~table["is_level"] & table["is_known"]]
    connectors = alt.Chart(table).mark_rule(color=theme.GREY, strokeWidth=0.8)
    open_bars = alt.Chart(table[~table["is_known"]]).mark_rect(fill=theme.PALE, stroke=theme.GREY, strokeDash=[3, 2])
    bars = alt.Chart(known).mark_rect(stroke=theme.ACCENT).encode(color=fill)
    ticks = alt.Chart(levels).mark_rule(color=theme.INK, strokeWidth=5)
    marks = [
        connectors.encode(x=alt.X("end:Q"), y=y, y2="next:Q"),
        *(mark.encode(x=x, x2="end:Q", y=y, y2="bottom:Q", tooltip=tooltip) for mark in (bars, open_bars)),
        ticks.encode(x=x, y=y, y2="bottom:Q", tooltip=tooltip),
    ]
    return rows.frame(marks, list(table["name"]), list(table["text"]), list(table["is_level"]))


def _in_words(steps: list[_Step], currency: str) -> str:
    changes = [f"{step.name} {wording.signed_money(step.amount, currency)}" for step in steps if not step.is_level]
    return f"By cause: {'; '.join(changes)}." if changes else "No cause changes it."
