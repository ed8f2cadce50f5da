"""What share of sales can go into advertising before nothing is left: as the ledger has it, and as it is."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

SHOWN = 10
_TOOLTIP = {"name": "Item", "was": "Recorded", "now": "Corrected"}


def draw(exposure: pd.DataFrame, *, period: str) -> alt.LayerChart:
    """``exposure`` as the measure decision_exposure: the items whose profit is misjudged most."""
    month = exposure[exposure["period"] == period]
    books = ["break_even_advertising_recorded", "break_even_advertising_corrected"]
    items = month[(month["scope"] == "sku") & month["sku"].notna()]
    flipped = int(items["sign_flips"].sum())
    items = items[(items["misjudged_profit"] != 0) & items[books].notna().all(axis=1)]
    items = items.assign(size=-items["misjudged_profit"].abs()).sort_values(["size", "sku"])[:SHOWN]
    recorded, corrected = (list(items[book].astype(float)) for book in books)
    table = pd.DataFrame({
        "row": range(len(items)), "name": list(items["sku"]), "recorded": recorded, "corrected": corrected,
        "was": [wording.percent(value, 0) for value in recorded],
        "now": [wording.percent(value, 0) for value in corrected],
        "text": [f"{wording.percent(was, 0)} → {wording.percent(now, 0)}"
                 for was, now in zip(recorded, corrected, strict=True)],
    })  # fmt: skip
    when = wording.period_title(period)
    listed = "; ".join(f"{row.name} {row.was} recorded, {row.now} corrected" for row in table.itertuples(index=False))
    cut = " Beyond 100% the mark stands at the edge." if any(abs(end) > 1 for end in recorded + corrected) else ""
    count = f"{flipped} item{'s' if flipped != 1 else ''} change{'' if flipped != 1 else 's'} sign"
    return theme.finish(
        _layers(table) if len(table) else theme.words("No item is misjudged."),
        title=_message(month, books, when),
        subtitle=f"{when}, break-even advertising in percent of net sales, the most misjudged items. "
        f"○ recorded, ● corrected. {count}.{cut}",
        description=f"Break-even advertising of {when}; {count}. {_message(month, books, when)}. {listed}",
        height=rows.height(len(table)) if len(table) else theme.LINE,
    )


def _message(month: pd.DataFrame, books: list[str], when: str) -> str:
    company = month[month["scope"] == "company"]
    values: list[Any] = [company[book].iloc[0] if len(company) else None for book in books]
    was, now = ("no part" if wording.is_missing(value) else wording.percent(value) for value in values)
    if was == now:
        return f"Advertising breaks even at {now} of net sales in {when}, as recorded"
    return f"Advertising breaks even at {now} of net sales, not at {was}"


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    table = table.assign(**{book: table[book].clip(-1.0, 1.0) for book in ("recorded", "corrected")})
    ends = [0.0, *table["recorded"], *table["corrected"]]
    scale = rows.x_scale(min(ends), max(ends))
    axis = alt.Axis(format="%", tickCount=3, grid=True, labelOverlap="greedy", labelSeparation=8)
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in _TOOLTIP.items()]
    base = alt.Chart(table).encode(y=rows.y("row", len(table)), tooltip=tooltip)
    was, now = (alt.X(f"{book}:Q", axis=axis, scale=scale) for book in ("recorded", "corrected"))
    zero = alt.Chart(pd.DataFrame({"recorded": [0.0]})).mark_rule(color=theme.INK).encode(x=was)
    marks = [
        zero,
        base.mark_rule(color=theme.ACCENT, strokeWidth=3).encode(x=was, x2="corrected:Q"),
        base.mark_point(size=110, fill="white", stroke=theme.GREY, strokeWidth=2, opacity=1).encode(x=was),
        base.mark_point(size=110, filled=True, color=theme.INK, opacity=1).encode(x=now),
    ]
    return rows.frame(marks, list(table["name"]), list(table["text"]))
