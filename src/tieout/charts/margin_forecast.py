"""The margin that was foreseen a period ahead, from recorded and from corrected history, and the one that came."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import books, theme, wording

_TOOLTIP = {"label": "Period", "came": "Came", "from_recorded": "From recorded", "from_corrected": "From corrected"}


def draw(forecast: pd.DataFrame, *, periods: list[str]) -> alt.LayerChart:
    """``margin_forecast`` as the table of that name, one period ahead; ``periods`` are all, in the order of time."""
    table = _table(forecast, periods)
    errors = {book: (table[book] - table["actual"]).abs().mean() for book in ("recorded", "corrected")}
    was, now = (wording.points(error).removeprefix("+") for error in errors.values())
    title = f"Foreseen from recorded history, margin is off by {was}; from corrected by {now}"
    listed = "; ".join(
        f"{row.label} {row.from_recorded} from recorded, {row.from_corrected} from corrected, {row.came} came"
        for row in table.itertuples(index=False)
    )
    over = wording.counted(len(table), "period")
    nothing = "No margin is foreseen that could be held against what came."
    return theme.finish(
        _layers(table) if len(table) else theme.words(nothing),
        title=title if len(table) else "The margin that was foreseen",
        subtitle="Gross margin a period ahead, off on average. Line: what came. ○ from recorded, ● from corrected.",
        description=f"{title}, on average over {over}: {listed}." if listed else nothing,
        height=books.HEIGHT if len(table) else theme.LINE,
    )  # fmt: skip


def _table(forecast: pd.DataFrame, periods: list[str]) -> pd.DataFrame:
    """A row per period in which sales were foreseen and came."""
    ahead = forecast[(forecast["horizon"] == 1) & forecast["book"].isin(["recorded", "corrected"])]
    wide = ahead.pivot(index=["period", "actual_gross_margin"], columns="book", values="gross_margin").reset_index()
    wide = wide.reindex(columns=["period", "actual_gross_margin", "recorded", "corrected"]).dropna()
    order = wide["period"].map({period: place for place, period in enumerate(periods)}).sort_values().index
    table = pd.DataFrame({
        "label": [wording.period_label(str(period)) for period in wide.loc[order, "period"]],
        "actual": wide.loc[order, "actual_gross_margin"].astype(float).to_numpy(),
        **{book: wide.loc[order, book].astype(float).to_numpy() for book in ("recorded", "corrected")},
    })  # fmt: skip
    texts = {"came": "actual", "from_recorded": "recorded", "from_corrected": "corrected"}
    return table.assign(**{name: [wording.percent(value) for value in table[book]] for name, book in texts.items()})


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    x = books.time_axis(list(table["label"]))
    axis = alt.Axis(format=".0%", tickCount=4, grid=True)
    y = {
        name: alt.Y(f"{name}:Q", scale=alt.Scale(zero=False, nice=False, padding=12), axis=axis)
        for name in ("actual", "recorded", "corrected")
    }
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in _TOOLTIP.items()]
    base = alt.Chart(table).encode(x=x, tooltip=tooltip)
    hollow = base.mark_point(size=80, fill="white", stroke=theme.GREY, strokeWidth=2, opacity=1)
    end = alt.Chart(table.tail(1)).mark_text(align="left", dx=8)
    return alt.LayerChart(
        layer=[
            base.mark_line(color=theme.INK, strokeWidth=2.5).encode(y=y["actual"]),
            base.mark_rule(color=theme.ACCENT, strokeWidth=1.5).encode(y=y["recorded"], y2="corrected:Q"),
            hollow.encode(y=y["recorded"]),
            base.mark_point(size=80, filled=True, color=theme.ACCENT, opacity=1).encode(y=y["corrected"]),
            end.encode(x=alt.value("width"), y=y["actual"], text="came:N"),
        ]
    )
