"""The page on what a fix is worth: a month in money and hours, what to fix first, and what then remains."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from great_tables import GT

from tieout.charts import wording
from tieout.reporting import tables
from tieout.reporting.facts import Facts
from tieout.reporting.head import head
from tieout.reporting.passage import Opening, Passage, paragraphs
from tieout.reporting.trust import definition_list

_HOUR, _DAY = 60, 24 * 60
_WORKS = {
    "look": "to look", "match": "to match and repost", "investigate": "to investigate and write an entry",
    "recompute": "to value an item's period again",
}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """The fixes in their order and the posting intervals, the longest first, as totals over all periods."""

    facts: Facts
    recorded: dict[str, Any]
    fixes: list[dict[str, Any]]
    intervals: list[dict[str, Any]]

    @property
    def months(self) -> Decimal:
        """How long the totals cover."""
        return Decimal(self.recorded["months"])

    def money(self, total: Decimal) -> str:
        """What a total is a month, in prose."""
        return self.facts.money(Decimal(total) / self.months)

    def cell(self, total: Decimal) -> str:
        """What a total is a month, in a table: whole units, since it is an average."""
        return f"{Decimal(total) / self.months:,.0f}".replace("-", wording.MINUS)

    def hours(self, total: Decimal) -> str:
        """Hours a month."""
        return wording.counted(round(Decimal(total) / self.months), "hour")


def plan(facts: Facts) -> Plan:
    """What the measures say of fixes and intervals."""
    scenarios = _rows(facts, "what_if")
    return Plan(
        facts,
        recorded=next(row for row in scenarios if row["scenario"] == "recorded"),
        fixes=_rows(facts, "fix_order"),
        intervals=sorted((row for row in scenarios if row["kind"] == "interval"), key=lambda row: -row["minutes"]),
    )


def _rows(facts: Facts, name: str) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in facts.company.table(name).to_dict("records")]


def opening(plan: Plan) -> Opening:
    """Warnings if there are any, and what the fix that comes first is worth a month."""
    subject = "What a fix is worth"
    if not plan.fixes:
        return head(plan.facts, subject, "No error is proven: there is nothing to fix")
    first, wrong = plan.fixes[0], plan.recorded["distorted"]
    headline = (
        f"Without {wording.family(first['family'])} {plan.money(first['distorted'])} a month would stand right, and "
        f"{plan.hours(first['hours'])} of work be saved"
    )
    text = (
        f"That is {wording.percent(float(first['distorted'] / wrong))} of the {plan.money(wrong)} that stands wrong in "
        f"an average month, in debits and credits. All differences take {plan.hours(plan.recorded['hours'])} a month "
        f"by estimate. Averages over {plan.months:,.1f} months, all that the books cover."
    )
    return head(plan.facts, subject, headline, paragraphs(text))


def order(plan: Plan) -> GT | Passage:
    """Each family of causes in the order of fixing: what it is worth a month."""
    if not plan.fixes:
        return Passage(paragraphs("The books hold no error that is proven, so no fix would change them."))
    cells = {
        ("Worth a month", "Put right"): [plan.cell(row["distorted"]) for row in plan.fixes],
        ("Worth a month", "By evidence"): [_range(plan, row) for row in plan.fixes],
        ("Worth a month", "Hours"): [plan.cell(row["hours"]) for row in plan.fixes],
        ("Worth a month", "Cost of work"): [plan.cell(row["cost"]) for row in plan.fixes],
    }
    return tables.statement("fix-order", _names(plan), cells)


def _range(plan: Plan, row: dict[str, Any]) -> str:
    ends = [plan.cell(row[f"distorted_{end}"]) for end in ("min", "max")]
    return "–".join(dict.fromkeys(ends))


def remains(plan: Plan) -> GT | Passage:
    """What is left a month after each fix, the earlier ones included."""
    if not plan.fixes:
        return Passage(paragraphs("Nothing is left to put right."))
    measures = ("distorted", "profit_misplaced", "hours")
    rows = [{f"{name}_left": plan.recorded[name] for name in measures}, *plan.fixes]
    cells = {
        ("Left a month", title): [plan.cell(row[f"{name}_left"]) for row in rows]
        for name, title in zip(measures, ("Stands wrong", "Profit misplaced", "Hours"), strict=True)
    }
    return tables.statement("what-remains", ["As recorded", *_names(plan)], cells)


def _names(plan: Plan) -> list[str]:
    return [f"{row['rank']}. {wording.family(row['family']).capitalize()}" for row in plan.fixes]


def left(plan: Plan) -> Passage:
    """How the order was chosen, and what no fix of a known cause reaches."""
    if not plan.fixes:
        return Passage(paragraphs("There is no order to go by."))
    last = plan.fixes[-1]
    return Passage(
        paragraphs(
            "In this order the money that stands wrong falls fastest. Misplaced profit can rise on the way: one error "
            "may hide another.",
            f"In the end {plan.money(last['distorted_left'])} a month stays: on its way, ambiguous or unexplained. "
            f"It takes {plan.hours(last['hours_left'])}."
            if last["distorted_left"]
            else "In the end nothing stays: every difference has a cause that is known.",
        )
    )


def posting(plan: Plan) -> Passage:
    """What posting sooner is worth a month."""
    rows = {row["minutes"]: row for row in plan.intervals}
    if not {_HOUR, _DAY} <= set(rows) or not rows[_DAY]["distorted"]:
        return Passage(paragraphs("Posting sooner or later moves nothing in these books."))
    profit, hours = (rows[_DAY][name] - rows[_HOUR][name] for name in ("profit_misplaced", "hours"))
    return Passage(
        paragraphs(
            f"Posting every hour instead of once a day keeps {plan.money(profit)} of profit a month in its period and "
            f"saves {plan.hours(hours)} of work. It mends no other error: the history is posted without any."
        )
    )


def intervals(plan: Plan) -> GT:
    """Each posting interval, the longest first: what stands wrong a month and the work that it makes."""
    names = {
        "distorted": "Stands wrong", "profit_misplaced": "Profit misplaced", "hours": "Hours", "cost": "Cost of work",
    }  # fmt: skip
    cells = {("A month", title): [plan.cell(row[name]) for row in plan.intervals] for name, title in names.items()}
    return tables.statement("intervals", [wording.interval(row["minutes"]) for row in plan.intervals], cells)


def stock(plan: Plan) -> Passage:
    """What the errors show and hide of the stock at the period's end."""
    facts = plan.facts
    known = facts.cash[facts.cash["in_corrected"]]
    over, under = (sum(known[kind], Decimal(0)) for kind in ("overstated", "understated"))
    if not over and not under:
        return Passage(paragraphs(f"No error distorts the stock at the end of {facts.title}."))
    rows = zip(known["cause"], known["overstated"] + known["understated"], known["net"], strict=True)
    cause, _, net = min(rows, key=lambda row: (-row[1], row[0]))
    return Passage(
        paragraphs(
            f"Cause by cause, errors show {facts.money(over)} of stock at the end of {facts.title} that is not there, "
            f"and hide {facts.money(under)} that is. Largest cause: {wording.inside(facts.titles.get(cause, cause))} "
            f"({facts.signed(net)}, recorded − corrected)."
        )
    )


def assumptions(plan: Plan) -> Passage:
    """What the figures take for granted."""
    company = plan.facts.company
    row = dict(company.sql("from settings").iloc[0])
    minutes = ", ".join(f"{row[f'minutes_{work}']:,.0f} {name}" for work, name in _WORKS.items())
    rate = wording.money(row["hourly_rate"], company.currency, company.decimals)
    terms = {
        "A fix": "No error of the family ever happened, from the first day on; what others hid then shows.",
        "Put right": "Debits and credits of the correcting lines, evidence A to C. By evidence: from A and B alone to "
        "all ambiguous lines that the family may be the cause of.",
        "Profit misplaced": "By how much gross profit is off, period by period, without its sign.",
        "Hours": f"An estimate, never ledger money: minutes a piece ({minutes}), at {rate} an hour. [labour] in "
        "tieout.toml changes them. One piece clears all that began at one origin.",
        "Posting": "The history without errors, each line posted when its interval closes, costs in that order.",
        "Not in it": "What a fix costs to build, and what better decisions would earn.",
    }
    return Passage(definition_list(terms))
