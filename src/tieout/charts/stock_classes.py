"""How many items the books put into another class than the one they belong to."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

_NAMES = {
    "abc": "ABC, by usage", "xyz": "XYZ, by variation", "pattern": "Demand pattern",
    "velocity": "Best and slow sellers",
}  # fmt: skip


def draw(migrations: pd.DataFrame, *, as_of: str) -> alt.LayerChart:
    """``migrations`` as the measure class_migrations, at ``as_of``."""
    moved = migrations[migrations["moved"].eq(True)].groupby("classification")["items"].agg("sum")
    items = migrations.groupby("classification")["items"].agg("sum")
    shown = [name for name in _NAMES if name in items]
    counts = [int(moved.get(name, 0)) for name in shown]
    figures = [f"{count:,} of {int(items[name]):,}" for count, name in zip(counts, shown, strict=True)]
    listed = "; ".join(f"{_NAMES[name]} {figure}" for name, figure in zip(shown, figures, strict=True))
    when = wording.period_title(as_of[:7])
    unknown = migrations["reason"].dropna()
    nothing = f"Not known: {unknown.iloc[0]}." if len(unknown) else "No item is in another class than the books say."
    return theme.finish(
        bars.plain([_NAMES[name] for name in shown], counts, figures, [theme.ACCENT] * len(shown))
        if shown and any(counts) else theme.words(nothing),
        title="Classes of items" if len(unknown) else _message(shown, counts, figures),
        subtitle=f"Items whose class by the ledger's demand is not that by shipments; as of {when}.",
        description=f"Items in another class than the books say, as of {when}: {listed if any(counts) else nothing}",
        height=rows.height(len(shown)) if shown and any(counts) else theme.LINE,
    )  # fmt: skip


def _message(shown: list[str], counts: list[int], figures: list[str]) -> str:
    if not any(counts):
        return "Each item is in the class that the books say"
    worst = max(range(len(shown)), key=counts.__getitem__)
    return f"{_NAMES[shown[worst]]}: the books put {figures[worst]} items into the wrong class"
