"""What each cause corrects of gross profit more or less than in the run before."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

SHOWN = 8


def draw(run_changes: pd.DataFrame, titles: dict[str, str], *, period: str, currency: str) -> alt.LayerChart:
    """``run_changes`` as the measure of that name, of the corrected book, in units of ``currency``."""
    month = run_changes[(run_changes["period"] == period) & run_changes["in_corrected"]]
    moved = month[month["gross_profit_change"] != 0]
    moved = moved.assign(size=moved["gross_profit_change"].abs())
    moved = moved.sort_values(["size", "cause"], ascending=[False, True])
    changes = [(titles.get(cause, cause), change) for cause, change in
               moved[["cause", "gross_profit_change"]].itertuples(index=False, name=None)]  # fmt: skip
    total = sum((change for _, change in changes), start=0)
    if len(changes) > SHOWN:
        changes[SHOWN - 1 :] = [("All others", sum(change for _, change in changes[SHOWN - 1 :]))]
    names, values = [name for name, _ in changes], [change for _, change in changes]
    figures = [wording.signed_money(value, currency) for value in values]
    when = wording.period_title(period)
    listed = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    none = f"Nothing that is corrected in the gross profit of {when} has changed since the run before."
    title = f"The correction of gross profit moved by {wording.signed_money(total, currency)}" if names else "No change"
    return theme.finish(
        bars.signed(names, [float(value) for value in values], figures) if names else theme.words(none),
        title=title,
        subtitle=f"{when}, since the run before: what each cause adds to gross profit, now less then.",
        description=f"{title}, {when}: {listed}." if names else none,
        height=rows.height(len(names)) if names else theme.LINE,
    )
