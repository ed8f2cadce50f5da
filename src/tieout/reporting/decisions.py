"""What each fix is worth, and what leadership is asked to decide, with the money behind it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pandas as pd
from great_tables import GT
from markupsafe import Markup

from tieout.charts import fixes as fixes_chart
from tieout.charts import wording
from tieout.reporting.facts import Facts
from tieout.reporting.narrative import losing_items, lost_on
from tieout.reporting.passage import Passage, paragraphs, prose
from tieout.reporting.tables import statement

SHOWN = 6  # fixes in the table
_PROFIT = ("revenue", "shipping_income", "discounts", "returns", "cogs")


class _Fix(NamedTuple):
    """What one fix would save on average in a month; money in functional currency, hours and cost by estimate."""

    name: str
    action: str
    profit: Decimal
    hours: Decimal
    cost: Decimal


class _Ask(NamedTuple):
    """One decision: what to do and why, who, and by when."""

    what: str
    why: str
    who: str
    when: str


def worth(facts: Facts) -> Passage:
    """The fix that puts most profit right, and the one that saves most work."""
    best = _fixes(facts)
    if not best:
        return Passage(paragraphs("No fix would change profit or work: nothing is misplaced."))
    laborious = max(best, key=lambda fix: (fix.hours, fix.name))
    first = (
        f"On average over {_months(facts):,.1f} months, all that the books cover, to {best[0].action} puts most "
        f"misplaced profit right: {facts.money(best[0].profit)} a month."
        if best[0].profit > 0
        else "No fix would put misplaced profit right."
    )
    hours = f"{wording.hours(laborious.hours)} a month (estimate)"
    if laborious.hours <= 0:
        second = "None saves work."
    elif laborious == best[0] and best[0].profit > 0:
        second = f"It also saves most work: {hours}."
    else:
        second = f"Most work, {hours}, is saved by whoever manages to {laborious.action}."
    overlap = "Fixes overlap: their savings do not add up." if len(best) > 1 else ""
    return Passage(paragraphs(f"{first} {second}", overlap))


def fixes(facts: Facts) -> GT:
    """The fixes that are worth most, per month."""
    shown = _fixes(facts)[:SHOWN]
    cells = {
        ("A month, on average", "Profit put right"): [facts.money(fix.profit) for fix in shown],
        ("A month, on average", "Hours saved (estimate)"): [wording.hours(fix.hours).split()[0] for fix in shown],
        ("A month, on average", "Cost saved (estimate)"): [facts.money(fix.cost) for fix in shown],
    }
    return statement("fixes", [fix.name for fix in shown], cells)


def _fixes(facts: Facts) -> list[_Fix]:
    """Fixes that save anything, the one that puts most profit right first."""
    scenarios = facts.rows("what_if")
    recorded = next((row for row in scenarios if row["scenario"] == "recorded"), None)
    if recorded is None:
        return []
    saved = [
        _Fix(
            fixes_chart.name(row["scenario"]),
            fixes_chart.action(row["scenario"]),
            *((recorded[kind] - row[kind]) / _months(facts) for kind in ("profit_misplaced", "hours", "cost")),
        )
        for row in scenarios
        if row["kind"] in ("fix", "cause_family")
    ]
    worthy = [fix for fix in saved if fix.profit > 0 or fix.hours > 0]
    return sorted(worthy, key=lambda fix: (-fix.profit, -fix.hours, fix.name))


def _months(facts: Facts) -> Decimal:
    return next(Decimal(row["months"]) for row in facts.rows("what_if"))


def asked(facts: Facts) -> Passage:
    """The decisions, each with who, by when, and the money behind it."""
    asks = [ask for make in (_post, _true_ups, _review, _fix, _claim, _losing, _unexplained) if (ask := make(facts))]
    if not asks:
        return Passage(paragraphs(f"Nothing of {facts.title} waits for a decision."))
    item = Markup("<li><b>{}</b> {} <span>{}, {}.</span></li>")
    items = Markup("").join(item.format(*map(prose, ask)) for ask in asks)
    return Passage(Markup('<ol class="asks">{}</ol>').format(items))


def _post(facts: Facts) -> _Ask | None:
    entries = facts.company.table("entries")
    entries = entries[entries["corrected_period"] == facts.period] if len(entries) else entries
    if entries.empty:
        return None
    count = entries["entry_id"].nunique()
    debits = sum(entries.loc[entries["amount"] > 0, "amount"], Decimal(0))
    profit = -sum(entries.loc[entries["role"].isin(_PROFIT), "amount"], Decimal(0))
    into = wording.listed([wording.period_title(str(period)) for period in sorted(set(entries["period"]))])
    why = (
        f"Gross profit changes by {facts.signed(profit)}; until then the ledger stays wrong by that much."
        if profit
        else "Gross profit does not change; until then other accounts stay wrong."
    )
    return _Ask(
        f"Post {wording.counted(count, 'correcting entry')} ({facts.money(debits)} on each side).",
        why,
        "Controller",
        f"before {into} is closed",
    )


def _true_ups(facts: Facts) -> _Ask | None:
    held = _held(facts)
    waiting = held[held["true_up"].notna()] if len(held) else held
    if waiting.empty:
        return None
    names = sorted(set(waiting["true_up"]))
    listed = wording.listed(names if len(names) <= 3 else [*names[:3], f"{len(names) - 3} more"])
    return _Ask(
        f"Accept or take back the manual true-up{'' if len(names) == 1 else 's'} {listed}.",
        f"{facts.money(_gross(waiting))} of correcting lines wait for that: booked as well, they would count twice.",
        "Controller, with the auditor",
        "before the next close",
    )


def _review(facts: Facts) -> _Ask | None:
    held = _held(facts)
    likely = held[held["held"] == "to be reviewed"] if len(held) else held
    if likely.empty:
        return None
    return _Ask(
        f"Review {wording.counted(likely['event_id'].nunique(), 'likely finding')}.",
        f"{facts.money(_gross(likely))} of correcting lines are likely, not proven (evidence C).",
        "Controller",
        "before the next close",
    )


def _fix(facts: Facts) -> _Ask | None:
    best = _fixes(facts)
    if not best:
        return None
    costs = [f"misplaces {facts.money(best[0].profit)} of profit"] if best[0].profit > 0 else []
    costs += [f"takes {wording.hours(best[0].hours)} (estimate)"] if best[0].hours > 0 else []
    return _Ask(
        f"Fix the root: {best[0].action}.",
        f"Each month of waiting {wording.listed(costs)}.",
        "Systems",
        "next release",
    )


def _claim(facts: Facts) -> _Ask | None:
    owed = [row for row in facts.rows("unrecovered_claims") if row["unrecovered_amount"] > 0]
    if not owed:
        return None
    total = sum((row["unrecovered_amount"] for row in owed), Decimal(0))
    oldest = max(int(row["age"]) for row in owed)
    return _Ask(
        f"Claim {facts.money(total)} from marketplaces.",
        f"They lost or damaged {wording.counted(len(owed), 'lot')} and have not made them good; "
        f"the oldest is {oldest} days old, and claims lapse.",
        "Operations",
        "now",
    )


def _losing(facts: Facts) -> _Ask | None:
    losing = losing_items(facts.company.table("decision_exposure", facts.period, facts.period))
    if losing.empty or facts.is_withheld:
        return None
    return _Ask(
        f"Reprice or stop advertising {wording.counted(len(losing), 'item')}.",
        f"{'It' if len(losing) == 1 else 'They'} lost {facts.money(lost_on(losing))} in the period before any "
        "advertising.",
        "Marketing",
        "next price list",
    )


def _unexplained(facts: Facts) -> _Ask | None:
    left = [row for row in facts.rows("period_evidence") if row["evidence"] in ("D", "U")]
    if not left:
        return None
    total = sum((row["gross"] for row in left), Decimal(0))
    return _Ask(
        "Find the papers for what has no sure cause.",
        f"{facts.money(total)} of differences are ambiguous or unexplained and will not be posted.",
        "Controller",
        "before the next close",
    )


def _held(facts: Facts) -> pd.DataFrame:
    """The period's corrections that are in no proposed entry."""
    proposals = facts.company.table("proposals", facts.period, facts.period)
    return proposals[proposals["held"].notna()] if len(proposals) else proposals


def _gross(corrections: pd.DataFrame) -> Decimal:
    return sum(corrections["amount"].abs(), Decimal(0))
