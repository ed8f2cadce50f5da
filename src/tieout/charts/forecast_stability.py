"""How steady, close and biased forecasts are by pattern of demand: from the history as recorded and as corrected."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

CLASSES = ("smooth", "erratic", "intermittent", "lumpy")
MEASURES = {"wapc": "change (WAPC)", "wape": "error (WAPE)", "bias": "bias"}
_TOOLTIP = {"name": "Measure", "text": "As recorded then | corrected"}


def draw(classes: pd.DataFrame, stability: pd.DataFrame) -> alt.LayerChart:
    """``forecast_classes`` and ``forecast_stability`` as the tables of those names, ratios.

    Each class has three rows, since a forecast can be steady and wrong. The title tells the sum of all items.
    """
    whole = of_book(stability[stability["level"] == "total"])
    table = _table(classes)
    title = _title(whole) if whole else "How steady forecasts are"
    listed = "; ".join(f"{row.name} {row.text}" for row in table.itertuples(index=False))
    return theme.finish(
        _layers(table) if len(table) else theme.words("No item is forecast."),
        title=title,
        subtitle="○ from the history as recorded then, ● corrected. Less is better; bias is best at 0.",
        description=f"{title}. As recorded then and corrected, by pattern of demand: {listed or 'none'}.",
        height=rows.height(len(table)) + 18 if len(table) else theme.LINE,
    )


def of_book(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """By book its measures, if both books that are compared have them."""
    found = {str(row["book"]): {str(name): value for name, value in row.items()} for row in table.to_dict("records")}
    return found if {"as_of", "corrected"} <= set(found) else {}


def _title(books: dict[str, dict[str, Any]]) -> str:
    was, now = books["as_of"], books["corrected"]
    steady, close = (_pair(was[measure], now[measure]) for measure in ("wapc", "wape"))
    turns = [
        _turn(was["wapc"], now["wapc"], f"steadier ({steady})", f"less steady ({steady})"),
        _turn(was["wape"], now["wape"], f"closer to demand ({close})", f"less close to demand ({close})"),
    ]
    known = [turn for turn in turns if turn]
    return (
        f"Correction makes forecasts {wording.listed(known)}" if known else "Forecasts are the same, corrected or not"
    )


def _turn(was: Any, now: Any, better: str, worse: str) -> str:
    """Which way a measure goes of which less is better; nothing where it is unknown or shown to be the same."""
    if wording.is_missing(was) or wording.is_missing(now) or wording.percent(was) == wording.percent(now):
        return ""
    return better if now < was else worse


def _pair(was: Any, now: Any) -> str:
    return " → ".join("unknown" if wording.is_missing(value) else wording.percent(value) for value in (was, now))


def _table(classes: pd.DataFrame) -> pd.DataFrame:
    """A row per class and measure, where both books have it."""
    found = []
    for name in CLASSES:
        books = of_book(classes[classes["class"] == name])
        for measure, title in MEASURES.items() if books else ():
            pair = [books[book][measure] for book in ("as_of", "corrected")]
            if not any(map(wording.is_missing, pair)):
                found.append(
                    (f"{name.capitalize()}: {title}", *map(float, pair), " | ".join(map(wording.percent, pair)))
                )
    table = pd.DataFrame(found, columns=["name", "was", "now", "text"])
    return table.assign(row=range(len(table)))


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    ends = [0.0, *table["was"], *table["now"]]
    axis = alt.Axis(format="%", tickCount=4, grid=True, labelOverlap="greedy", labelSeparation=8)
    scale = rows.x_scale(min(ends), max(ends))
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in _TOOLTIP.items()]
    base = alt.Chart(table).encode(y=rows.y("row", len(table)), tooltip=tooltip)
    was, now = (alt.X(f"{book}:Q", axis=axis, scale=scale) for book in ("was", "now"))
    zero = alt.Chart(pd.DataFrame({"was": [0.0]})).mark_rule(color=theme.INK).encode(x=was)
    marks = [
        zero,
        base.mark_rule(color=theme.ACCENT, strokeWidth=3).encode(x=was, x2="now:Q"),
        base.mark_point(size=90, fill="white", stroke=theme.GREY, strokeWidth=2, opacity=1).encode(x=was),
        base.mark_point(size=90, filled=True, color=theme.INK, opacity=1).encode(x=now),
    ]
    is_first = list(table["name"].str.endswith(MEASURES["wapc"]))
    return rows.frame(marks, list(table["name"]), list(table["text"]), is_first)
