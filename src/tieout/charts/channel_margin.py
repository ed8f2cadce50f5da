"""Each channel's contribution margin: where the ledger puts it, and where it is."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

SHOWN = 10
_TOOLTIP = {"name": "Channel", "was": "Recorded", "now": "Corrected", "text": "Difference"}


def draw(channel_margin: pd.DataFrame, guards: pd.DataFrame, *, period: str) -> alt.LayerChart:
    """The measures ``channel_margin`` and ``channel_guards``. A channel without sales in either book has no row."""
    month = channel_margin[channel_margin["period"] == period].fillna({"channel": ""})
    margins = month.pivot(index="channel", columns="book", values="contribution_margin")
    margins = margins.reindex(columns=["recorded", "corrected"]).dropna().astype(float)
    sales = month[month["book"] == "corrected"].set_index("channel")["revenue"].astype(float)
    order = sorted(margins.index, key=lambda channel: (-sales.get(channel, 0.0), channel))[:SHOWN]
    recorded, corrected = (list(margins.loc[order, book]) for book in ("recorded", "corrected"))
    table = pd.DataFrame({
        "row": range(len(order)), "name": [channel or "no channel" for channel in order],
        "recorded": recorded, "was": [wording.percent(value) for value in recorded],
        "corrected": corrected, "now": [wording.percent(value) for value in corrected],
        "text": [wording.points(after - before) for before, after in zip(recorded, corrected, strict=True)],
    })  # fmt: skip
    when = wording.period_title(period)
    caveat = wording.not_comparable(guards[guards["period"] == period])
    listed = "; ".join(f"{row.name} {row.was} recorded, {row.now} corrected" for row in table.itertuples(index=False))
    return theme.finish(
        _layers(table) if order else theme.words("No channel had sales."),
        title=f"Contribution margin by channel{', not comparable' if caveat else ''}",
        subtitle=f"{when}, percent of revenue, largest channel first. ○ recorded, ● corrected. {caveat}".rstrip(),
        description=f"Contribution margin of {when} by channel: {listed or 'no channel had sales'}. {caveat}".rstrip(),
        height=rows.height(len(order)) if order else theme.LINE,
    )


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    ends = [*table["recorded"], *table["corrected"]]
    axis = alt.Axis(format="%", tickCount=3, grid=True, labelOverlap="greedy", labelSeparation=8)
    scale = rows.x_scale(min(ends), max(ends))
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in _TOOLTIP.items()]
    base = alt.Chart(table).encode(y=rows.y("row", len(table)), tooltip=tooltip)
    was, now = (alt.X(f"{book}:Q", axis=axis, scale=scale) for book in ("recorded", "corrected"))
    marks = [
        base.mark_rule(color=theme.ACCENT, strokeWidth=3).encode(x=was, x2="corrected:Q"),
        base.mark_point(size=110, fill="white", stroke=theme.GREY, strokeWidth=2, opacity=1).encode(x=was),
        base.mark_point(size=110, filled=True, color=theme.INK, opacity=1).encode(x=now),
    ]
    return rows.frame(marks, list(table["name"]), list(table["text"]))
