"""The money that is tied up in stock: by the books, and in truth."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

_NAMES = {"stock": "Stock", "unpaid": "less not paid yet", "prepaid": "Paid ahead", "cash_tied_up": "Cash tied up"}


def draw(tied_up: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``tied_up`` as the measure cash_tied_up; amounts in units of ``currency``."""
    month = {row["book"]: row for row in tied_up[tied_up["period"] == period].to_dict("records")}
    recorded, corrected = month["recorded"], month["corrected"]
    known = [kind for kind in _NAMES if not wording.is_missing(corrected[kind])]
    figures = [wording.money(corrected[kind], currency) for kind in known]
    when = wording.period_title(period)
    listed = "; ".join(
        f"{_NAMES[kind]} {wording.money(recorded[kind], currency)} recorded, {figure} corrected"
        for kind, figure in zip(known, figures, strict=True)
    )
    if "cash_tied_up" in known:
        was, now = (wording.money(book["cash_tied_up"], currency) for book in (recorded, corrected))
        title = f"{now} of cash is tied up in stock" + (f", not {was} as recorded" if was != now else ", as recorded")
    else:
        title = f"How much of the stock is paid for is not known: {corrected['reason']}"
    return theme.finish(
        bars.in_two_books(
            [_NAMES[kind] for kind in known],
            figures,
            {
                "recorded": bars.from_zero(recorded[kind] for kind in known),
                "corrected": bars.from_zero(corrected[kind] for kind in known),
            },
        ),
        title=title,
        subtitle=f"End of {when}; grey is recorded, black (and the figure) corrected.",
        description=f"{title}. End of {when}: {listed}.",
        height=rows.height(len(known)),
    )
