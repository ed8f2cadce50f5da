"""What a planner saw of one item week after week, each forecast a line: from history as recorded and as corrected."""

from __future__ import annotations

import json
import math
import textwrap
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import figures, theme, wording

HEIGHT = 250
BOOKS = {"as_of": "As recorded then", "corrected": "Corrected"}
_COLOURS = {"as_of": theme.GREY, "corrected": theme.INK}
_MEASURES = {"wapc": "change", "wape": "error", "bias": "bias"}
_BEST = 0.2  # the share of the items forecast that are best-sellers, by demand at cost
_UNKNOWN = "unknown"
_MONTHS = 3  # that each half names
_LINE = 16  # pixels, of the words over each half


def draw(
    forecasts: pd.DataFrame, demand: pd.DataFrame, stability: pd.DataFrame, items: pd.DataFrame, weeks: pd.DataFrame
) -> alt.LayerChart:
    """The tables ``forecasts``, ``demand_history``, ``forecast_stability``, ``forecast_items`` and ``weeks``.

    Units a week. The item is the ``best_seller``.
    """
    item = best_seller(items, stability)
    if item is None:
        return theme.finish(
            theme.words("No item is forecast."), title="Forecasts week after week", subtitle="No item is forecast.",
            description="Forecasts week after week: no item is forecast.", height=theme.LINE,
        )  # fmt: skip
    sku, name = str(item["sku"]), called(item)
    own = forecasts[(forecasts["sku"] == sku) & forecasts["book"].isin(list(BOOKS))]
    actual = demand[(demand["sku"] == sku) & (demand["book"] == "corrected")]
    measured = _measured(stability, sku)
    told = "; ".join(f"{BOOKS[book].lower()} {', '.join(texts)}" for book, texts in measured.items())
    title = _title(name, item["restatement_change"], measured)
    ahead = wording.counted(int(own["horizon"].max()), "week") if len(own) else "no week"
    return theme.finish(
        _layers(own, actual, measured, dict(zip(weeks["number"], weeks["starts_on"], strict=True))),
        title=title,
        subtitle=f"Units a week. Each line: {ahead} as forecast in one week. Blue: what was in demand, corrected.",
        description=f"{title}. Forecasts from {BOOKS['as_of'].lower()} and corrected history: {told}.",
        height=HEIGHT,
    )


def best_seller(items: pd.DataFrame, stability: pd.DataFrame) -> dict[str, Any] | None:
    """The row of ``forecast_items`` that is drawn, with its ``restatement_change``; nothing if no item is forecast.

    Of the fifth of the items forecast that is most in demand (at cost), the one whose forecasts correction moves most.
    """
    forecast = items[items["status"] == "forecast"].sort_values(["weekly_value", "sku"], ascending=[False, True])
    if forecast.empty:
        return None
    known = stability[(stability["level"] == "sku") & (stability["book"] == "as_of")]
    changes = known.set_index("sku")["restatement_change"]
    best = [
        {str(column): value for column, value in row.items()} | {"restatement_change": changes.get(row["sku"])}
        for row in forecast.head(math.ceil(len(forecast) * _BEST)).to_dict("records")
    ]
    return max(best, key=lambda row: _or_less(row["restatement_change"]))


def _or_less(ratio: Any) -> float:
    """A ratio to sort by: an unknown one comes behind all others."""
    return -1.0 if wording.is_missing(ratio) else float(ratio)


def called(item: dict[str, Any]) -> str:
    """An item's name for a sentence, or its sku where it has none."""
    name = item["sku"] if wording.is_missing(item["name"]) else item["name"]
    return textwrap.shorten(str(name), 40, placeholder=" …")


def _measured(stability: pd.DataFrame, sku: str) -> dict[str, list[str]]:
    """By book what its forecasts of the item are worth: their change, error and bias, as texts."""
    rows = stability[(stability["level"] == "sku") & (stability["sku"] == sku)].set_index("book")
    return {
        book: [f"{title} {_percent(rows[measure].get(book))}" for measure, title in _MEASURES.items()] for book in BOOKS
    }


def _percent(ratio: Any) -> str:
    return _UNKNOWN if wording.is_missing(ratio) else wording.percent(ratio, 0)


def _title(name: str, restated: Any, measured: dict[str, list[str]]) -> str:
    if wording.is_missing(restated):
        return f"{name}: by how much correction moves its forecasts is not known"
    if not restated:
        return f"{name} has the same forecasts from both histories"
    was, now = (texts[0] for texts in measured.values())
    moved = f"{name}: correction moves its forecasts by {_percent(restated)}"
    if _UNKNOWN in was + now:
        return moved
    steps = f"from week to week they {was}, corrected {now.removeprefix('change ')}"
    return f"{moved}; {steps}"


def _layers(
    forecasts: pd.DataFrame, actual: pd.DataFrame, measured: dict[str, list[str]], starts: dict[int, date]
) -> alt.LayerChart:
    first, last = int(forecasts["week"].min()), int(forecasts["week"].max())
    apart = last - first + max(2, (last - first) // 12)  # weeks from one half to the other
    shifts = {book: place * apart - first for place, book in enumerate(BOOKS)}
    inside = actual[actual["week"].between(first, last)]
    seen = pd.concat([_placed(inside.assign(half=book), shift) for book, shift in shifts.items()])
    lines = {book: _placed(forecasts[forecasts["book"] == book], shift) for book, shift in shifts.items()}
    x = _time(starts, first, last, list(shifts.values()))
    top = max([1.0, *seen["units"], *(unit for table in lines.values() for unit in table["units"])])
    y = alt.Y(
        "units:Q", scale=alt.Scale(domain=[0, top * 1.04], nice=False), axis=alt.Axis(tickCount=4, grid=True),
        stack=None,
    )  # fmt: skip
    area = alt.Chart(seen).mark_area(color=theme.TINT, line={"color": theme.ACCENT, "strokeWidth": 1.5})
    marks = [area.encode(x=x, y=y, detail="half:N")]
    for book, table in lines.items():
        line = alt.Chart(table).mark_line(color=_COLOURS[book], strokeWidth=1.2, opacity=0.6)
        marks.append(line.encode(x=x, y=y, detail="origin:N"))
    return alt.LayerChart(layer=[*marks, *_headings(measured, list(shifts.values()), first, x)])


def _placed(table: pd.DataFrame, shift: int) -> pd.DataFrame:
    kept = ["units", *(name for name in ("origin", "half") if name in table)]
    return table[kept].assign(place=(table["week"] + shift).astype(int), units=table["units"].astype(float))


def _time(starts: dict[int, date], first: int, last: int, shifts: list[int]) -> alt.X:
    """Two halves side by side on one axis, each with a few months at their first weeks."""
    months = [week for week in range(first, last + 1) if week in starts and starts[week].day <= 7]
    months = months[:: math.ceil(len(months) / _MONTHS) or 1]
    labels = {week + shift: wording.period_label(f"{starts[week]:%Y-%m}") for shift in shifts for week in months}
    axis = alt.Axis(
        values=sorted(labels), labelExpr=f"({json.dumps(labels)})[datum.value]", labelAngle=0, labelOverlap="greedy",
        labelSeparation=8,
    )  # fmt: skip
    end = last + max(shifts)
    return alt.X("place:Q", axis=axis, scale=alt.Scale(domain=[0, end], nice=False, zero=False))


def _headings(measured: dict[str, list[str]], shifts: list[int], first: int, x: alt.X) -> list[alt.Chart]:
    """Over each half its name and what its forecasts are worth."""
    places = [first + shift for shift in shifts]
    names = pd.DataFrame({"place": places, "text": list(BOOKS.values())})
    told = pd.DataFrame([
        {"place": place, "name": BOOKS[book], "text": text, "line": line}
        for place, (book, texts) in zip(places, measured.items(), strict=True)
        for line, text in enumerate(texts, start=1)
    ])  # fmt: skip
    above = -_LINE * (len(_MEASURES) + 1)
    heads = alt.Chart(names).mark_text(align="left", fontWeight="bold").encode(x=x, y=alt.value(above), text="text:N")
    mark = alt.Chart(told).mark_text(align="left", fontSize=12, dy=alt.expr(f"datum.line * {_LINE}"))
    texts = mark.encode(x=x, y=alt.value(above), text="text:N").properties(name=figures.LAYER)
    return [heads, texts]
