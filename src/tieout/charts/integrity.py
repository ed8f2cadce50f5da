"""The facts of the integrity summary that are shares: how much of each is as it should be."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import rows, theme, wording

TITLES = {
    "control_totals_tied": "Accounts tie to trial balance", "explained_share": "Difference explained",
    "proven_share": "Difference proven", "lines_that_name_their_event": "Ledger lines that name their event",
    "counts_that_agree": "Counts that agree", "counts_in_the_ledger": "Count differences in the ledger",
}  # fmt: skip


def draw(integrity: pd.DataFrame) -> alt.LayerChart:
    """``integrity`` as the measure of that name."""
    facts = integrity[integrity["fact"].isin(TITLES)]
    shares = [None if wording.is_missing(value) else float(value) for value in facts["value"]]
    table = pd.DataFrame({
        "name": [TITLES[fact] for fact in facts["fact"]], "zero": 0.0, "share": [share or 0.0 for share in shares],
        "one": 1.0, "text": ["no data" if share is None else wording.percent(share) for share in shares],
    })  # fmt: skip
    table = table.assign(top=table.index - 0.2, bottom=table.index + 0.2)
    failing = list(integrity.loc[integrity["holds"].fillna(True).astype(bool).eq(False), "fact"])
    holding = int(integrity["holds"].fillna(False).astype(bool).sum())
    broken = f" Not so: {', '.join(fact.replace('_', ' ') for fact in failing)}." if failing else ""
    listed = "; ".join(f"{row.name} {row.text}" for row in table.itertuples(index=False))
    return theme.finish(
        _layers(table) if any(share is not None for share in shares) else theme.words("No share can be computed."),
        title=f"{holding} of {holding + len(failing)} facts that have a right value have it",
        subtitle="Shares of the whole (pale): facts one by one, no score.",
        description=f"{holding} facts are as they must be, {len(failing)} are not.{broken} Shares: {listed}.",
        height=rows.height(len(table)) if any(share is not None for share in shares) else theme.LINE,
    )


def _layers(table: pd.DataFrame) -> alt.LayerChart:
    x = alt.X("zero:Q", axis=None, scale=rows.x_scale(0.0, 1.0))
    y = rows.y("top", len(table))
    tooltip = [alt.Tooltip("name:N", title="Fact"), alt.Tooltip("text:N", title="Share")]
    marks = [
        alt.Chart(table).mark_rect(fill=fill).encode(x=x, x2=f"{end}:Q", y=y, y2="bottom:Q", tooltip=tooltip)
        for end, fill in (("one", theme.PALE), ("share", theme.ACCENT))
    ]
    return rows.frame(marks, list(table["name"]), list(table["text"]))
