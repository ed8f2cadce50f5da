"""Who pays for whom: what one channel's books carry for another."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording


def draw(pairs: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``pairs`` as the measure of subsidy_pairs, in units of ``currency``."""
    month = pairs[pairs["period"] == period]
    named = month.fillna({"payer": "no channel", "receiver": "no channel"}).to_dict("records")
    names = [f"{row['payer']} for {row['receiver']}" for row in named]
    figures = [wording.money(row["amount"], currency) for row in named]
    when = wording.period_title(period)
    is_unique = all(row["basis"] == "unique" for row in named)
    how = "" if is_unique else " Only each channel's net position is proven; the pairs are the fewest that settle it."
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    none = "No channel carries what belongs to another."
    return theme.finish(
        bars.plain(names, [row["amount"] for row in named], figures, [theme.ACCENT] * len(names))
        if names else theme.words(none),
        title=f"{named[0]['payer']} carries {figures[0]} for {named[0]['receiver']}" if names else "Who pays for whom",
        subtitle=f"{when}, by errors that move amounts between channels.{how}",
        description=f"Who pays for whom in {when}: {listed}.{how}" if names else none,
        height=rows.height(len(names)) if names else theme.LINE,
    )  # fmt: skip
