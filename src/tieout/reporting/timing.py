"""The sentences of the timing report: what stands in the wrong period, and what posting sooner would change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from tieout.charts import wording
from tieout.reporting.facts import Facts
from tieout.reporting.head import head
from tieout.reporting.passage import Opening, Passage, paragraphs


def opening(facts: Facts) -> Opening:
    """Warnings if there are any, and by how much timing moves the period's profit."""
    headline = _headline(facts, _row(facts, "timing")["gross_profit_shifted"])
    return head(facts, f"Timing, {facts.title}", headline, paragraphs(_spike(facts)))


def _headline(facts: Facts, shift: Decimal) -> str:
    if shift == 0:
        return f"Timing leaves the gross profit of {facts.title} as it is"
    return f"Timing makes the gross profit of {facts.title} {facts.money(abs(shift))} too {_side(shift)}"


def _side(shift: Decimal) -> str:
    return "high" if shift > 0 else "low"


def _spike(facts: Facts) -> str:
    row = _row(facts, "timing")
    if wording.is_missing(row["margin_spike"]):
        return "There is no corrected gross profit to measure that by."
    return (
        f"That is {wording.percent(row['margin_spike'])} of the corrected gross profit; over all periods it is "
        f"{wording.percent(row['spike_index'])}. What one period gains another loses: the sum is zero."
    )


def shifts(facts: Facts) -> Passage:
    """Revenue and cost of sales that stand in the wrong period."""
    row = _row(facts, "timing")
    return Passage(
        paragraphs(
            f"Revenue of the period is off by {facts.signed(row['revenue_shifted'])} and cost of sales by "
            f"{facts.signed(row['cogs_shifted'])}, recorded minus corrected. Single events put "
            f"{facts.money(row['overstated'])} of gross profit too much into it and {facts.money(row['understated'])} "
            "too little."
        )
    )


def rollover(facts: Facts) -> Passage:
    """The two views of SAB 108, for timing alone and for all errors."""
    table = _table(facts, "rollover")
    whole = table[(table["cause"] == "total") & (table["timing"] == "total")]
    if whole.empty:
        return Passage(paragraphs("Up to this period nothing misstates profit."))
    row = whole.iloc[0]
    return Passage(
        paragraphs(
            f"All errors together, those that stay among them, misstate the profit of {facts.title} by "
            f"{facts.signed(row['rollover'])} (rollover); {facts.signed(row['iron_curtain'])} has accumulated in the "
            "balance at its end (iron curtain). A misstatement is material if either is."
        )
    )


def gaps(facts: Facts) -> Passage:
    """How many sales have their halves apart, and how soon the period was known."""
    table = facts.company.timing_gaps()
    here = table[(table["event_period"] == facts.period) & table["crosses_period"]]
    known = _table(facts, "revelation")
    days = {row["measure"]: row["days_to_99"] for row in known.to_dict("records")}
    return Passage(
        paragraphs(
            f"Of {facts.title}, {wording.counted(len(here), 'event')} stood in another period, in part or whole.",
            *(_known(days[measure], name) for measure, name in _MEASURES.items() if measure in days),
        )
    )


_MEASURES = {"revenue": "revenue", "cogs": "cost of sales"}


def _known(days: Any, name: str) -> str:
    if wording.is_missing(days):
        return f"More than 1% of the {name} was never booked."
    return f"99% of the {name} was known {int(days)} days after the period's end."


def intervals(facts: Facts) -> Passage:
    """What posting at an interval would cost; hours are an estimate."""
    scenarios = {row["minutes"]: row for row in facts.company.what_if().to_dict("records")}
    daily, hourly = scenarios[24 * 60], scenarios[60]
    return Passage(
        paragraphs(
            "The history is posted again, each line when its interval closes, costs in that order. Once a day, gross "
            f"profit is misplaced between periods by {facts.money(daily['profit_misplaced'])} in all, every hour by "
            f"{facts.money(hourly['profit_misplaced'])}, event by event by nothing.",
            f"Estimate: {daily['hours']:,.0f} hours of work once a day, {hourly['hours']:,.0f} every hour.",
        )
    )


def _table(facts: Facts, name: str) -> pd.DataFrame:
    return facts.company.table(name, facts.period, facts.period)


def _row(facts: Facts, name: str) -> dict[str, Any]:
    return dict(_table(facts, name).iloc[0])
