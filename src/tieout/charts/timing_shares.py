"""How much of what distorts profit comes back by itself, is parked in the balance sheet, stays, or is misplaced."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

SHOWN = 12
_KINDS = {"reversing": theme.TINT, "parked": theme.ACCENT, "permanent": theme.INK, "dimensional": theme.PALE}
_WORDS = {"reversing": "comes back by itself", "parked": "is parked in the balance sheet", "permanent": "stays",
          "dimensional": "is in the wrong place"}  # fmt: skip
_LABELLED = 0.24  # share of the bar from which on there is room for a figure in it


def draw(timing_shares: pd.DataFrame, *, periods: list[str], currency: str) -> alt.LayerChart:
    """``timing_shares`` as the measure of that name, of ``periods`` (in the order of time) and of all periods."""
    known = timing_shares[timing_shares["gross_share"].notna()]
    names = [None, *[period for period in periods if period in set(known["period"].dropna())][-SHOWN:]]
    lines = []
    for row, period in enumerate(names):
        here, start = _of(known, period), 0.0
        for kind, share in zip(here["timing"], here["gross_share"].astype(float), strict=True):
            lines.append({
                "row": row, "top": row - 0.3, "bottom": row + 0.3, "start": start, "end": start + share, "kind": kind,
                "middle": start + share / 2, "label": wording.percent(share, 0), "share": share,
            })  # fmt: skip
            start += share
    table = pd.DataFrame(lines)
    last = _of(known, periods[-1])
    total = _of(known, None)
    listed = "; ".join(
        f"{wording.percent(share)} {_WORDS[kind]}"
        for kind, share in zip(total["timing"], total["gross_share"], strict=True)
    )
    texts = [wording.money(sum(_of(timing_shares, period)["gross"], Decimal(0)), currency) for period in names]
    when = wording.period_title(periods[-1])
    return theme.finish(
        _layers(table, ["All periods", *(wording.period_title(str(name)) for name in names[1:])], texts)
        if lines
        else theme.words("No proven cause distorts profit."),
        title=_message(last, when),
        subtitle="Share of all effects on profit, left to right: comes back (pale blue), parked (blue), stays (black), "
        "wrong place (grey).",
        description=f"{_message(last, when)}. Up to {when}, of {texts[0]} that distort profit: "
        f"{listed or '0% of anything'}.",
        height=rows.height(len(names)) if lines else theme.LINE,
    )


def _of(table: pd.DataFrame, period: str | None) -> pd.DataFrame:
    """The rows of one period, or (None) of all periods together."""
    return table[table["period"].isna() if period is None else table["period"] == period]


def _message(last: pd.DataFrame, when: str) -> str:
    if last.empty:
        return f"Nothing distorts profit in {when}"
    shares = dict(zip(last["timing"], last["gross_share"].astype(float), strict=True))
    back, not_back = shares["reversing"], shares["parked"] + shares["permanent"]
    return (
        f"{wording.percent(back, 0)} of what distorts the profit of {when} comes back by itself; "
        f"{wording.percent(not_back, 0)} does not"
    )


def _layers(table: pd.DataFrame, names: list[str], texts: list[str]) -> alt.LayerChart:
    x = alt.X("start:Q", axis=None, scale=rows.x_scale(0.0, 1.0))
    y = rows.y("top", len(names))
    tooltip = [alt.Tooltip("kind:N", title="Timing"), alt.Tooltip("label:N", title="Share")]
    segments = [
        alt.Chart(table[(table["kind"] == kind) & (table["share"] > 0)]).mark_rect(fill=fill, stroke="white")
        .encode(x=x, x2="end:Q", y=y, y2="bottom:Q", tooltip=tooltip)
        for kind, fill in _KINDS.items()
    ]  # fmt: skip
    dark = alt.expr("indexof(['parked', 'permanent'], datum.kind) >= 0 ? 'white' : '" + theme.INK + "'")
    middle = alt.X("middle:Q", axis=None, scale=rows.x_scale(0.0, 1.0))
    labels = (
        alt.Chart(table[table["share"] >= _LABELLED])
        .mark_text(fontSize=12, color=dark)
        .encode(x=middle, y=rows.y("row", len(names)), text="label:N")
    )
    return rows.frame([*segments, labels], names, texts, [True] + [False] * (len(names) - 1))
