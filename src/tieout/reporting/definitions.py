"""What the words of the report mean."""

from __future__ import annotations

from markupsafe import Markup

from tieout.charts import wording
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage
from tieout.reporting.trust import definition_list

_TERMS = {
    "Recorded": "The general ledger as it was booked.",
    "First reported": "What was booked by its close.",
    "Corrected": "Recorded plus the corrections whose cause is proven or likely (evidence A, B and C).",
    "Expected": "Corrected plus what is in flight, ambiguous or unexplained.",
    "Gross profit": "Revenue and shipping income less discounts, returns and cost of goods sold.",
    "Gross margin": "Gross profit as a share of revenue.",
    "Margin points": "What a cause changes of the margin; they add up.",
    "Stock losses": "Shrinkage, write-offs, purchase price variances and revaluations, less recoveries.",
    "Contribution": "A channel's gross profit less its fees, write-offs and marketing.",
}

# Of the page on forecasts and purchasing.
_FORECAST_TERMS = {
    "As recorded then": "What the ledger had booked when the forecast was made. As recorded now: what it says today.",
    "WAPE": "Weighted absolute percentage error: by how much forecasts miss demand, of all demand. It can pass 100%.",
    "Bias": "Forecast less demand, of all demand: above zero is too high. Always against corrected demand.",
    "WAPC": "Weighted absolute percentage change: by how much the forecast of a week changes from one origin to the "
    "next. sMAPC, MASC and RMSSC tell the same by item (in percent, and scaled by its own naive error); initial: "
    "since the first forecast of that week; horizontal: from week to week within one forecast.",
    "Net drift": "By how much the forecast of a week is raised (below zero: lowered) from one origin to the next.",
    "Flip-flops": "How often, of two such changes in a row, one goes up and one down, each by more than 5%.",
    "MASE, RMSSE": "Error as a multiple of the naive error in the item's corrected history: below 1 is better.",
    "Value added": "Error of the naive forecast (last year's week, or a recent mean) less error, in points.",
    "Against corrected": "Restatement: how far a forecast is from the one made from corrected history.",
    "Pattern of demand": "Smooth, erratic, intermittent or lumpy, by how often and how evenly an item is in demand "
    "(Syntetos, Boylan and Croston).",
    "A, B, C": "Items by usage at cost in a year: those of the first 80%, of the next 15%, and the rest.",
    "Overstock, understock": "What the buyer has more, and less, than one with right records: average, at cost.",
    "Bullwhip": "Variance of orders as a multiple of the variance of demand.",
    "Nervousness": "How far plans of orders change from week to week, as a multiple of what is ordered.",
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


def of_forecasts(_: Facts) -> Passage:
    """The terms of forecasts and purchasing, in any company."""
    return Passage(definition_list(_FORECAST_TERMS))


def terms(facts: Facts) -> dict[str, str]:
    """What ``definitions`` shows, by term."""
    return {**_terms(facts), **_causes(facts)}


def _terms(facts: Facts) -> dict[str, str]:
    currency = facts.company.currency
    rounding = (
        f"Tables are exact, in {currency}. Text and pictures round to whole units, margins to 0.1% and points to 0.01;"
        " the headline and what is said under it to what the evidence carries."
    )
    return {**_TERMS, "Rounding": rounding}


def _causes(facts: Facts) -> dict[str, str]:
    causes = dict.fromkeys([*facts.bridge.loc[facts.bridge["gross_profit"] != 0, "cause"], *facts.cash["cause"]])
    return {facts.titles[cause]: facts.sentences[cause] for cause in causes if cause in facts.titles}
