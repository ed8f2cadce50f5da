"""Whose fault it is what wrong records make a buyer do: lost margin and overstock by group of causes."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

MEASURES = {"lost_margin": "Lost margin", "overstock_amount": "Overstock"}
_NAMES = {"other": "Other causes", "not_booked_yet": "Entries not booked yet"}
_HALF = 0.26  # of a bar's height, in rows


def draw(causes: pd.DataFrame, cost: pd.DataFrame, *, currency: str) -> alt.LayerChart:
    """``purchasing_causes`` and ``purchasing_cost`` as the tables of those names, in units of ``currency``."""
    table = _table(causes, cost, currency)
    listed = "; ".join(f"{row.name} {row.text} ({row.span})" for row in table.itertuples(index=False))
    title = _title(causes, currency) if len(cost) else "Whose fault wrong orders are"
    nothing = "Wrong records change neither lost margin nor overstock." if len(cost) else "No purchases are simulated."
    return theme.finish(
        _layers(table) if len(table) else theme.words(nothing),
        title=title,
        subtitle="Solid: through forecasts; pale: through the stock counted on. ● sum, with its 95% interval.",
        description=f"{title}. Recorded − corrected, simulated, with 95% intervals: {listed}." if listed else nothing,
        height=rows.height(len(table)) if len(table) else theme.LINE,
    )  # fmt: skip


def name_of(cause: str) -> str:
    """A group of causes as people say it."""
    return _NAMES.get(cause) or wording.family(cause).capitalize()


def largest(causes: pd.DataFrame, measure: str) -> dict[str, Any] | None:
    """The group that makes most of a measure too much; nothing if none does."""
    own = causes[(causes["measure"] == measure) & (causes["amount"] > 0)]
    if own.empty:
        return None
    first = own.sort_values(["amount", "cause"], ascending=[False, True]).to_dict("records")[0]
    return {str(name): value for name, value in first.items()}


def _title(causes: pd.DataFrame, currency: str) -> str:
    found = {
        verb: largest(causes, measure) for measure, verb in (("lost_margin", "lose"), ("overstock_amount", "hold"))
    }
    texts: dict[str, list[str]] = {}
    for verb, row in found.items():
        if row:
            shown = f"{wording.money(row['amount'], currency)} {'of margin' if verb == 'lose' else 'too much'}"
            texts.setdefault(name_of(row["cause"]).lower(), []).append(f"{verb} {shown}")
    text = wording.listed([f"{name} {wording.listed(does)}" for name, does in texts.items()])
    return wording.beginning(text) if texts else "No cause loses margin or overstocks"


def _table(causes: pd.DataFrame, cost: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Per measure a row of all causes and one of each group that moves it, the largest first."""
    found = []
    errors = cost[cost["comparison"] == "errors"]
    for measure, title in MEASURES.items():
        whole = errors[errors["measure"] == measure].to_dict("records")
        groups = causes[(causes["measure"] == measure) & (causes["amount"] != 0)].to_dict("records")
        groups.sort(key=lambda row: (-abs(row["amount"]), row["cause"]))
        if groups:
            found += [_row(f"{title}, all causes", row, currency, is_bold=True) for row in whole]
            found += [_row(name_of(row["cause"]), row, currency) for row in groups]
    table = pd.DataFrame(found)
    return table.assign(row=[float(row) for row in range(len(table))])


def _row(name: str, row: dict[Any, Any], currency: str, *, is_bold: bool = False) -> dict[str, Any]:
    amount, history, low, high = (float(row[part]) for part in ("amount", "history_amount", "low", "high"))
    start = history if history * float(row["stock_amount"]) > 0 else 0.0  # on top of each other, or either side of zero
    span = [wording.signed_money(row[end], currency) for end in ("low", "high")]
    return {
        "name": name, "text": wording.signed_money(row["amount"], currency), "span": " to ".join(span),
        "amount": amount, "history": history, "start": start, "end": start + float(row["stock_amount"]),
        "low": low, "high": high, "is_bold": is_bold, "zero": 0.0,
    }  # fmt: skip


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    table = table.assign(top=table["row"] - _HALF, bottom=table["row"] + _HALF)
    ends = [0.0, *(value for name in ("low", "high", "history", "end") for value in table[name])]
    scale, count = rows.x_scale(min(ends), max(ends)), len(table)
    x = {name: alt.X(f"{name}:Q", axis=None, scale=scale) for name in ("zero", "start", "low", "amount")}
    tooltip = [
        alt.Tooltip(f"{field}:N", title=title)
        for field, title in (("name", "Cause"), ("text", "Amount"), ("span", "95%"))
    ]
    base = alt.Chart(table)
    bars = {"y": rows.y("top", count), "y2": "bottom:Q", "tooltip": tooltip}
    marks = [
        base.mark_rect(fill=theme.ACCENT, stroke=theme.ACCENT).encode(x=x["zero"], x2="history:Q", **bars),
        base.mark_rect(fill=theme.TINT, stroke=theme.ACCENT).encode(x=x["start"], x2="end:Q", **bars),
        base.mark_rule(color=theme.INK, strokeWidth=1.5).encode(x=x["low"], x2="high:Q", y=rows.y("row", count)),
        base.mark_point(color=theme.INK, filled=True, size=60, opacity=1).encode(x=x["amount"], y=rows.y("row", count)),
        alt.Chart(table[:1]).mark_rule(color=theme.INK).encode(x=x["zero"]),
    ]
    return rows.frame(marks, list(table["name"]), list(table["text"]), list(table["is_bold"]))
