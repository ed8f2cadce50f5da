"""What each cause does to one channel's contribution."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

SHOWN = 9


def draw(bridge: pd.DataFrame, titles: dict[str, str], *, period: str, channel: str, currency: str) -> alt.LayerChart:
    """``bridge`` as ``channel_bridge``: the proven causes, the largest first; ``titles`` names them for people."""
    month = bridge[(bridge["period"] == period) & (bridge["channel"].fillna("") == channel) & bridge["in_corrected"]]
    pairs = [pair for pair in zip(month["cause"], month["contribution"], strict=True) if pair[1]]
    pairs.sort(key=lambda pair: (-abs(pair[1]), pair[0]))
    rest = pairs[SHOWN:] if len(pairs) > SHOWN + 1 else []
    shown = [(titles.get(cause, cause), amount) for cause, amount in pairs[: len(pairs) - len(rest)]]
    if rest:
        shown.append((f"{len(rest)} smaller causes", sum((amount for _, amount in rest), Decimal(0))))
    names = [name for name, _ in shown]
    figures = [wording.signed_money(amount, currency) for _, amount in shown]
    when, name = wording.period_title(period), channel or "no channel"
    change = sum((amount for _, amount in shown), Decimal(0))
    total = wording.signed_money(change, currency)
    listed = "; ".join(f"{cause} {figure}" for cause, figure in zip(names, figures, strict=True))
    return theme.finish(
        bars.signed(names, [float(amount) for _, amount in shown], figures)
        if shown
        else theme.words("No proven cause changes it."),
        title=f"Corrections {'raise' if change > 0 else 'lower'} the contribution of {name} by "
        f"{wording.money(abs(change), currency)}"
        if change
        else f"Corrections leave the contribution of {name} as it is",
        subtitle=f"{when}, corrected minus recorded: right raises, left lowers.",
        description=f"Effect of each cause on the contribution of {name}, {when}: {total} in all. {listed}.",
        height=rows.height(len(shown)) if shown else theme.LINE,
    )
