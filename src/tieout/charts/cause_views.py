"""The same corrections as finance, operations and sales see them; the words of each view stand here only."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

SHOWN = 8


@dataclass(frozen=True)
class View:
    """How one team looks at the corrections: what it groups them by, what it measures, and in which words."""

    title: str
    groups: dict[str, str]
    figures: dict[str, str]
    words: dict[str, str]

    def name(self, row: Mapping[Hashable, Any]) -> str:
        """A group as its team says it."""
        parts = [self.word(row[column]) for column in self.groups if not wording.is_missing(row[column])]
        return " · ".join(parts) or "nothing of it known"

    def word(self, value: str) -> str:
        """A value of a group as the team says it; a code without words of its own is its words."""
        return self.words.get(value, value.replace("_", " "))

    @property
    def measured(self) -> str:
        """The column that ranks the groups."""
        return next(iter(self.figures))


VIEWS = {
    "finance": View(
        "Finance: which accounts are wrong, and whether it comes right by itself",
        {"role": "Line", "account": "Account", "timing": "What becomes of it"},
        {"gross": "Gross", "net": "Net, debit +"},
        {"reversing": "reverses", "parked": "stays open", "permanent": "permanent", "dimensional": "wrong place",
         "cogs": "cost of goods sold", "grni": "goods received"},
    ),
    "operations": View(
        "Operations: what fails where, how often, and since when",
        {"root": "What fails", "origin_system": "System", "location": "Place"},
        {"events": "Events", "oldest_days": "Oldest, days", "gross": "Gross", "net": "Net, debit +"},
        {"logic_not_passed": "rule not passed on", "batch_timing": "batch comes late", "mapping": "wrong mapping",
         "policy": "another policy", "human": "done by hand", "definition": "another definition"},
    ),
    "sales": View(
        "Sales: which sales look better or worse than they are",
        {"channel": "Channel", "category": "Category"},
        {"gross_profit": "Margin to add", "revenue": "Sales to add", "gross": "Gross", "net": "Net, debit +"},
        {},
    ),
}  # fmt: skip


def draw(cause_views: pd.DataFrame, *, period: str, view: str, currency: str) -> alt.LayerChart:
    """``cause_views`` as the measure of that name, one of its views."""
    words = VIEWS[view]
    month = cause_views[(cause_views["period"] == period) & (cause_views["view"] == view)].sort_values("rank")
    month = month[month[words.measured] != 0][:SHOWN]
    names = [words.name(row) for row in month.to_dict("records")]
    values = list(month[words.measured])
    write: Callable[[Any], str] = {
        "finance": lambda amount: wording.money(amount, currency),
        "operations": lambda count: f"{count:,}",
        "sales": lambda amount: wording.signed_money(amount, currency),
    }[view]
    figures = [write(value) for value in values]
    when, measured = wording.period_title(period), words.figures[words.measured].lower()
    listed = "; ".join(f"{name}: {figure}" for name, figure in zip(names, figures, strict=True))
    return theme.finish(
        bars.signed(names, [float(value) for value in values], figures)
        if names
        else theme.words("Nothing to correct in this view."),
        title=words.title,
        subtitle=f"{when}, all corrections, {measured}, the largest first.",
        description=f"{words.title}. {when}, {measured}: {listed or 'nothing to correct'}.",
        height=rows.height(len(names)) if names else theme.LINE,
    )
