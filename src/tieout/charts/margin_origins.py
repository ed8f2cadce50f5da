"""Where the errors of a period began: by system, and the single events behind the largest effects."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

SYSTEMS, ORIGINS = 5, 7


def draw(origins: pd.DataFrame, titles: dict[str, str], *, period: str, currency: str) -> alt.LayerChart:
    """``origins`` as the measure margin_origins; drawn as recorded − corrected, in units of ``currency``."""
    month = origins[(origins["period"] == period) & origins["in_corrected"]]
    month = month.assign(origin_system=month["origin_system"].fillna("no system"))
    when = wording.period_title(period)
    if month.empty:
        return theme.finish(
            theme.words("No proven cause changes gross profit."), title=f"Gross profit of {when} is as recorded",
            subtitle=f"{when}.", description=f"No origin of errors in {when}, 0 of 0.", height=theme.LINE,
        )  # fmt: skip
    systems = _largest(-month.groupby("origin_system")["gross_profit"].sum(), SYSTEMS)
    single = month.groupby(["cause", "origin_event_id"])[["gross_profit", "events"]].sum()
    events = _largest(-single["gross_profit"], ORIGINS)
    names = ["By system", *(str(name) for name in systems.index), "Largest origins"]
    names += [f"{origin}: {titles.get(cause, cause)}" for cause, origin in events.index]
    values = [0.0, *map(float, systems), 0.0, *map(float, events)]
    texts = ["", *(wording.signed_money(value, currency) for value in systems), ""]
    texts += [wording.signed_money(value, currency) for value in events]
    bold = [name in ("By system", "Largest origins") and not text for name, text in zip(names, texts, strict=True)]
    spread = single.loc[events.index[0]]
    listed = "; ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True) if text)
    return theme.finish(
        bars.signed(names, values, texts, bold),
        title=f"{events.index[0][1]} alone makes gross profit {wording.money(abs(events.iloc[0]), currency)} too "
        f"{'high' if events.iloc[0] > 0 else 'low'}",
        subtitle=f"{when}, recorded minus corrected: solid (right) too high, pale (left) too low. "
        f"The largest origin reaches {wording.counted(int(spread['events']), 'event')}.",
        description=f"Origins of the distortion of gross profit in {when}, {len(single):,} in all: {listed}.",
        height=rows.height(len(names)),
    )


def _largest(effects: pd.Series[Any], shown: int) -> pd.Series[Any]:
    """The largest effects by size, then by name."""
    order = sorted(effects.index, key=lambda name: (-abs(effects[name]), name))[:shown]
    return effects.loc[order]
