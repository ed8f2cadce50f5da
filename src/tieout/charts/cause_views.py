"""The same corrections as finance, operations and sales see them; the words of each view stand here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

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

    def name(self, row: pd.Series) -> str:
        """A group as its team says it."""
        parts = (row[column] for column in self.groups)
        return " · ".join("–" if wording.is_missing(part) else self.words.get(part, part) for part in parts)

    @property
    def measured(self) -> str:
        """The column that ranks the groups."""
        return next(iter(self.figures))


VIEWS = {
    "finance": View(
        "Finance: which accounts are wrong, and whether it comes right by itself",
        {"role": "Line", "account": "Account", "timing": "What becomes of it"},
        {"gross": "Gross", "net": "Net, debit +"},
        {"reversing": "reverses by itself", "parked": "stays on the balance sheet", "permanent": "stays in profit",
         "dimensional": "same total, wrong place", "cogs": "cost of goods sold", "grni": "goods received, not invoiced",
         "in_transit": "in transit", "shipping_income": "shipping income", "write_off": "write-offs",
         "purchase_price_variance": "purchase price variance", "inventory_revaluation": "revaluation of inventory",
         "landed_cost_clearing": "landed cost clearing", "exchange_difference": "exchange differences",
         "labour_absorbed": "labour absorbed", "deferred_revenue": "deferred revenue", "return_asset": "return asset",
         "refund_liability": "refund liability", "other_income": "other income"},
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
    names = [words.name(row) for _, row in month.iterrows()]
    values = list(month[words.measured])
    write = {
        "finance": lambda amount: wording.money(amount, currency),
        "operations": lambda count: f"{count:,}",
        "sales": lambda amount: wording.signed_money(amount, currency),
    }[view]
    figures = [write(value) for value in values]
    when, measured = wording.period_title(period), words.figures[words.measured].lower()
    listed = "; ".join(f"{name}: {figure}" for name, figure in zip(names, figures, strict=True))
    return theme.finish(
        bars.single(names, figures, [float(value) for value in values])
        if names
        else theme.words("Nothing to correct in this view."),
        title=words.title,
        subtitle=f"{when}, all corrections, {measured}, the largest first.",
        description=f"{words.title}. {when}, {measured}: {listed or 'nothing to correct'}.",
        height=rows.height(len(names)) if names else theme.LINE,
    )
