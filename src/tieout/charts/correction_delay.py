"""How many days an error stands, from the event to the day on which the books are right again."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme

SHOWN = 12


def draw(correction_delay: pd.DataFrame, titles: dict[str, str], *, as_of: str) -> alt.LayerChart:
    """``correction_delay`` as the measure of that name: the causes with most events."""
    shown = correction_delay.assign(size=-correction_delay["events"]).sort_values(["size", "cause"])[:SHOWN]
    names = [titles.get(cause, cause) for cause in shown["cause"]]
    days = list(shown["median_days"].astype(float))
    texts = [f"{value:.0f} days" for value in days]
    still_open, events = (int(correction_delay[kind].sum()) for kind in ("still_open", "events"))
    listed = "; ".join(
        f"{name} {text}, {left:,} of {count:,} open"
        for name, text, left, count in zip(names, texts, shown["still_open"], shown["events"], strict=True)
    )
    return theme.finish(
        bars.signed(names, days, texts) if names else theme.words("No event is corrected."),
        title=f"{still_open:,} of {events:,} errors still stand in the books",
        subtitle="The others were corrected, or came right by themselves. Median days until then, or to "
        f"{as_of[:10]} where it is open.",
        description=f"{still_open:,} of {events:,} errors are open on {as_of[:10]}. Median days: {listed or 'none'}.",
        height=rows.height(len(names)) if names else theme.LINE,
    )
