"""How steady, close and biased forecasts are by pattern of demand: from the history as recorded and as corrected."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

CLASSES = ("smooth", "erratic", "intermittent", "lumpy")
MEASURES = {"wapc": "change (WAPC)", "wape": "error (WAPE)", "bias": "bias"}


def draw(classes: pd.DataFrame, stability: pd.DataFrame) -> alt.LayerChart:
    """``forecast_classes`` and ``forecast_stability`` as the tables of those names, ratios.

    Each class has three rows, since a forecast can be steady and wrong. The title tells the sum of all items.
    """
    whole = of_book(stability[stability["level"] == "total"])
    table = _table(classes)
    title = _title(whole) if whole else "How steady forecasts are"
    names, texts = list(table["name"]), list(table["text"])
    listed = "; ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    is_first = list(table["name"].str.endswith(MEASURES["wapc"]))
    return theme.finish(
        bars.signed(names, list(table["points"]), texts, is_first) if names else theme.words("No item is forecast."),
        title=title,
        subtitle="As recorded then → corrected. Solid: more points, pale: less; of bias, from 0. Less is better.",
        description=f"{title}. From as recorded then to corrected, by pattern of demand: {listed or 'none'}.",
        height=rows.height(len(names)) if names else theme.LINE,
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
    if known:
        return f"Correction makes forecasts {wording.listed(known)}"
    if was["restatement_change"] == 0:
        return "Forecasts are the same, corrected or not"
    return "Correction makes forecasts neither steadier nor closer"


def _turn(was: Any, now: Any, better: str, worse: str) -> str:
    """Which way a measure goes of which less is better; nothing where it is unknown or shown to be the same."""
    if wording.is_missing(was) or wording.is_missing(now) or wording.percent(was) == wording.percent(now):
        return ""
    return better if now < was else worse


def _pair(was: Any, now: Any) -> str:
    return " → ".join("unknown" if wording.is_missing(value) else wording.percent(value) for value in (was, now))


def _table(classes: pd.DataFrame) -> pd.DataFrame:
    """A row per class and measure, where both books have it: by how many points it is farther from zero."""
    found = []
    for name in CLASSES:
        books = of_book(classes[classes["class"] == name])
        for measure, title in MEASURES.items() if books else ():
            was, now = books["as_of"][measure], books["corrected"][measure]
            if not wording.is_missing(was) and not wording.is_missing(now):
                found.append((f"{name.capitalize()}: {title}", float(abs(now) - abs(was)) * 100, _pair(was, now)))
    return pd.DataFrame(found, columns=["name", "points", "text"])
