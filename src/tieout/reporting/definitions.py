"""What the words of the report mean."""

from __future__ import annotations

from markupsafe import Markup

from tieout.charts import wording
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage
from tieout.reporting.trust import definition_list

_TERMS = {
    "Recorded": "The general ledger as it was booked.",
    "First reported": "What was booked by the close of the period.",
    "Corrected": "Recorded plus the corrections whose cause is proven or likely (evidence A, B and C).",
    "Expected": "What the operations call for: corrected plus what is in flight, ambiguous or unexplained.",
    "Gross profit": "Revenue and shipping income less discounts, returns and cost of goods sold.",
    "Gross margin": "Gross profit as a share of revenue.",
    "Margin points": "What a cause changes of the margin; the points of all causes add up.",
    "Stock losses": "Shrinkage, write-offs, purchase price variances and revaluations, less recoveries.",
    "Contribution": "A channel's gross profit less its fees, write-offs and marketing.",
}

# Why a cause is believed; the levels that reconciliation gives.
EVIDENCE = {
    "A": "proven: the entry names the event, or a complete extract lacks it",
    "B": "strong: only one event or one known value fits",
    "C": "by a rule that the ledger bears out, or a manual entry without support: review it first",
    "D": "ambiguous: more than one cause fits",
    "U": "unexplained: no known cause fits",
}


def definitions(facts: Facts) -> Passage:
    """The terms of the report and its rounding; the causes that this period has, to be unfolded."""
    causes = _causes(facts)
    folded = Markup("<details><summary>{}</summary>{}</details>").format(
        f"The {wording.counted(len(causes), 'cause')} of {facts.title}", definition_list(causes)
    )
    return Passage(definition_list(_terms(facts)) + (folded if causes else Markup("")))


def terms(facts: Facts) -> dict[str, str]:
    """What ``definitions`` shows, by term."""
    return {**_terms(facts), **_causes(facts)}


def _terms(facts: Facts) -> dict[str, str]:
    currency = facts.company.currency
    rounding = (
        f"Tables are exact, in {currency}. Text and pictures round to whole units, margins to 0.1% and points to 0.01."
    )
    return {**_TERMS, "Rounding": rounding}


def _causes(facts: Facts) -> dict[str, str]:
    causes = dict.fromkeys([*facts.bridge.loc[facts.bridge["gross_profit"] != 0, "cause"], *facts.cash["cause"]])
    return {facts.titles[cause]: facts.sentences[cause] for cause in causes if cause in facts.titles}
