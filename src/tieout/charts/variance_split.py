"""How much of what moves from period to period is trade, and how much is error."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

_FIGURES = {"gross_margin": "Gross margin", "gross_profit": "Gross profit", "units_sold": "Units sold"}
_PARTS = {"true_variance": "trade", "error_variance": "error", "covariance": "both together"}


def draw(variance_split: pd.DataFrame) -> alt.LayerChart:
    """``variance_split`` as the measure of that name; each part in percent of the recorded variance."""
    names: list[str] = []
    values: list[float] = []
    for row in variance_split.to_dict("records"):
        if wording.is_missing(row["recorded_variance"]) or row["recorded_variance"] == 0:
            continue
        for part, title in _PARTS.items():
            times = 2 if part == "covariance" else 1
            names.append(f"{_FIGURES[row['figure']]}: {title}")
            values.append(times * float(row[part]) / float(row["recorded_variance"]))
    texts = [wording.percent(value, 0) for value in values]
    listed = "; ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    count = int(variance_split["n"].max()) if len(variance_split) else 0
    return theme.finish(
        bars.signed(names, values, texts) if names else theme.words("No variance can be split: too few periods."),
        title=_message(variance_split) if names else "Nothing to split",
        subtitle=f"Percent of the recorded variance over {count} complete periods; the three parts make 100%.",
        description=f"Recorded variance over {count} complete periods by its parts: {listed or 'too few periods'}.",
        height=rows.height(len(names)) if names else theme.LINE,
    )


def _message(variance_split: pd.DataFrame) -> str:
    """Of the first figure that can be split: what error does to its variance, alone and together with trade."""
    row = variance_split[variance_split["error_share"].notna()].iloc[0]
    share = float(row["error_share"])
    does = "adds {} to" if share > 0 else "hides {} of"
    return f"{_FIGURES[row['figure']]}: error {does.format(wording.percent(abs(share)))} the recorded variance"
