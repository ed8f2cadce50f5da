"""Whether the ledger puts the channels into their right order."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording


def draw(ranks: pd.DataFrame, *, period: str) -> alt.LayerChart:
    """``ranks`` as the measure of channel_ranks: contribution margins, the best by the corrected book first."""
    month = ranks[(ranks["period"] == period) & ranks["rank_corrected"].notna() & ranks["rank_recorded"].notna()]
    month = month.fillna({"channel": "no channel"}).sort_values(["rank_corrected", "channel"])
    names = list(month["channel"])
    moved = [row for row in month.to_dict("records") if row["rank_change"]]
    figures = [
        f"{wording.percent(row['margin_corrected'])} (place {row['rank_corrected']}"
        + (f", not {row['rank_recorded']})" if row["rank_change"] else ")")
        for row in month.to_dict("records")
    ]
    when = wording.period_title(period)
    message = f"{len(moved)} of {len(names)} channels stand in another place than the ledger says"
    if not moved:
        message = "The ledger has the channels in their right order"
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    none = "No channel has a contribution margin."
    spans = {book: bars.from_zero(month[f"margin_{book}"]) for book in ("recorded", "corrected")}
    return theme.finish(
        bars.in_two_books(names, figures, spans) if names else theme.words(none),
        title=message if names else "Order of the channels",
        subtitle=f"Contribution margin in {when}; grey is recorded, black (and the figure) corrected.",
        description=f"{message} in {when}: {listed}." if names else none,
        height=rows.height(len(names)) if names else theme.LINE,
    )
