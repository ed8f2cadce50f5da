"""The bridge: gross profit as recorded, each cause's effect, gross profit as corrected; then what is still open."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

SHOWN = 8  # causes with a row of their own; the rest are one row


def draw(bridge: pd.DataFrame, margin: pd.DataFrame, titles: dict[str, str], *, period: str, currency: str) -> alt.LayerChart:
    """``bridge`` and ``margin`` as the measures of those names; ``titles`` gives a cause's name for people.

    Money is in units of ``currency``. The bars are exact: recorded plus the causes is corrected, to the minor unit.
    """
    profit = _profit_by_book(margin, period)
    effects = bridge[(bridge["period"] == period) & (bridge["gross_profit"] != 0)]
    steps = [("Recorded", profit["recorded"], True, True)]
    steps += _causes(effects[effects["in_corrected"]], titles, known=True)
    steps += [("Corrected", profit["corrected"], True, True)]
    still_open = _causes(effects[~effects["in_corrected"]], titles, known=False)
    if still_open:
        steps += [*still_open, ("Expected", profit["expected"], True, True)]
    table = _placed(steps, currency)
    month = wording.period_title(period)
    change = profit["corrected"] - profit["recorded"]
    recorded, corrected = (wording.money(profit[book], currency) for book in ("recorded", "corrected"))
    message = f"Gross profit of {month}: {recorded} recorded, {corrected} corrected"
    return theme.finish(
        _layers(table),
        title=f"What took gross profit from {recorded} to {corrected}",
        subtitle=f"{month}. Bars are changes (solid lowers, pale raises); upright lines are levels; no zero is shown.",
        description=f"{message}, a change of {wording.signed_money(change, currency)}. {_in_words(steps, currency)}",
        height=rows.height(len(steps)),
    )


def _profit_by_book(margin: pd.DataFrame, period: str) -> dict[str, Decimal]:
    month = margin[margin["period"] == period]
    return dict(zip(month["book"], month["gross_profit"], strict=True))


def _causes(effects: pd.DataFrame, titles: dict[str, str], *, known: bool) -> list[tuple[str, Decimal, bool, bool]]:
    """Steps of (name, change, is it a level, is its cause known), the largest first."""
    pairs = list(zip(effects["cause"], effects["gross_profit"], strict=True))
    pairs.sort(key=lambda pair: (-abs(pair[1]), pair[0]))
    steps = [(titles.get(cause, cause), amount, False, known) for cause, amount in pairs]
    if len(steps) <= SHOWN + 1:
        return steps
    rest = sum((amount for _, amount, _, _ in steps[SHOWN:]), Decimal(0))
    return [*steps[:SHOWN], (f"{len(steps) - SHOWN} smaller causes", rest, False, known)]


def _placed(steps: list[tuple[str, Decimal, bool, bool]], currency: str) -> pd.DataFrame:
    """One row a step, with where its bar starts and ends."""
    placed, level = [], Decimal(0)
    for row, (name, amount, is_level, known) in enumerate(steps):
        start, level = level, amount if is_level else level + amount
        placed.append({
            "row": row, "top": row - 0.3, "bottom": row + 0.3, "next": min(row + 1.3, len(steps) - 0.7), "name": name,
            "start": float(level if is_level else start), "end": float(level), "is_level": is_level, "known": known,
            "lowers": amount < 0,
            "text": wording.money(amount, currency) if is_level else wording.signed_money(amount, currency),
        })  # fmt: skip
    return pd.DataFrame(placed)


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    ends = [*table["start"], *table["end"]]
    x = alt.X("start:Q", axis=None, scale=rows.x_scale(min(ends), max(ends)))
    y = rows.y("top", len(table))
    tooltip = [alt.Tooltip("name:N", title="Step"), alt.Tooltip("text:N", title="Gross profit")]
    spread = {"y": y, "y2": "bottom:Q", "tooltip": tooltip}
    fill = alt.condition(alt.datum.lowers, alt.value(theme.ACCENT), alt.value(theme.TINT))
    changes, levels = table[~table["is_level"]], table[table["is_level"]]
    known, unknown = changes[changes["known"]], changes[~changes["known"]]
    marks = [
        alt.Chart(table).mark_rule(color=theme.GREY, strokeWidth=0.8).encode(x=alt.X("end:Q"), y=y, y2="next:Q"),
        alt.Chart(known).mark_rect(stroke=theme.ACCENT).encode(x=x, x2="end:Q", color=fill, **spread),
        alt.Chart(unknown).mark_rect(fill=theme.PALE, stroke=theme.GREY, strokeDash=[3, 2]).encode(x=x, x2="end:Q", **spread),
        alt.Chart(levels).mark_rule(color=theme.INK, strokeWidth=5).encode(x=x, **spread),
    ]
    return rows.frame(marks, list(table["name"]), list(table["text"]), list(table["is_level"]))


def _in_words(steps: list[tuple[str, Decimal, bool, bool]], currency: str) -> str:
    changes = [f"{name} {wording.signed_money(amount, currency)}" for name, amount, is_level, _ in steps if not is_level]
    return f"By cause: {'; '.join(changes)}." if changes else "No cause changes it."
