"""The sentences of the leadership report. Every number in them is bound to a value of the measures."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from tieout.charts import wording
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage, paragraphs


def margin(facts: Facts) -> Passage:
    """Margins of the four books and the period before."""
    return Passage(paragraphs(_first_report(facts), _prior(facts)))


def _first_report(facts: Facts) -> str:
    first, recorded = facts.book("first_reported"), facts.book("recorded")
    if not facts.is_closed:
        return "The period has no closing date, so nothing sets apart what was first reported from what the ledger shows now."
    if first is None or recorded is None:
        return ""
    if first["gross_profit"] == recorded["gross_profit"]:
        return "Nothing was booked into the period after its close."
    moved = recorded["gross_profit"] - first["gross_profit"]
    return (
        f"Entries booked after the close have moved gross profit by {wording.signed_money(moved, facts.company.currency)} "
        f"since it was first reported ({facts.money(first['gross_profit'])})."
    )


def _prior(facts: Facts) -> str:
    if facts.prior is None:
        return "There is no earlier period to compare with."
    recorded, corrected = (facts.book(book, facts.prior) for book in ("recorded", "corrected"))
    before = wording.period_title(facts.prior)
    if recorded is None or corrected is None or wording.is_missing(corrected["gross_margin"]):
        return f"{before} had no sales to compare with."
    was = "no sales" if wording.is_missing(recorded["gross_margin"]) else wording.percent(recorded["gross_margin"])
    return f"In {before} the ledger showed {was}; corrected, gross margin was {wording.percent(corrected['gross_margin'])}."


def bridge(facts: Facts) -> Passage:
    """How many causes there are, and what stays open."""
    effects = facts.bridge[facts.bridge["gross_profit"] != 0]
    known, still_open = effects[effects["in_corrected"]], effects[~effects["in_corrected"]]
    if effects.empty:
        return Passage(paragraphs("No cause changes gross profit in this period."))
    left = sum(still_open["gross_profit"], Decimal(0))
    count = f"{len(known)} proven cause{'s' * (len(known) != 1)} lead{'s' * (len(known) == 1)} from the recorded to the corrected profit, to the cent."
    if still_open.empty:
        return Passage(paragraphs(count + " Nothing is left open."))
    rest = f"What is in flight, ambiguous or unexplained ({wording.signed_money(left, facts.company.currency)}) stays apart, up to the expected profit."
    return Passage(paragraphs(count, rest))


def channels(facts: Facts) -> Passage:
    """Which channel looks better and which worse than it is."""
    table = facts.channels
    if table.empty:
        return Passage(paragraphs("No sales or costs of this period carry a channel."))
    texts = [_best_and_worst(facts)]
    if (table["fees"] == 0).all():
        texts.append("No channel fees are on the books for this period, so contribution is shown before fees.")
    return Passage(paragraphs(*texts))


def _best_and_worst(facts: Facts) -> str:
    gaps = contribution_gaps(facts.channels)
    over, under = max(gaps, key=lambda gap: gap[1]), min(gaps, key=lambda gap: gap[1])
    texts = []
    if over[1] > 0:
        texts.append(f"Channel {over[0]} looks better than it is: its contribution is overstated by {facts.money(over[1])}.")
    if under[1] < 0:
        texts.append(f"Channel {under[0]} looks worse than it is: its contribution is understated by {facts.money(-under[1])}.")
    return " ".join(texts) or "Each channel's contribution is as recorded."


def contribution_gaps(channels: pd.DataFrame) -> list[tuple[str, Decimal]]:
    """Each channel's name and recorded minus corrected contribution, in the order of names."""
    wide = channels.pivot(index="channel", columns="book", values="contribution")
    return [
        (str(name) or "(none)", Decimal(row["recorded"]) - Decimal(row["corrected"]))
        for name, row in wide.sort_index().iterrows()
        if not wording.is_missing(row["recorded"]) and not wording.is_missing(row["corrected"])
    ]


def inventory(facts: Facts) -> Passage:
    """How much cash the ledger shows in inventory, and how much there is."""
    if facts.stock.empty:
        return Passage(paragraphs("No inventory is on the books at the end of this period."))
    recorded, corrected = facts.stock_value("recorded"), facts.stock_value("corrected")
    gap = recorded - corrected
    shown = f"At the end of {facts.title} the ledger shows {facts.money(recorded)} in inventory"
    if gap == 0:
        return Passage(paragraphs(f"{shown}, and that is right.", _open_stock(facts)))
    meaning = "cash that is not there" if gap > 0 else "cash that the ledger does not see"
    difference = f"{shown}; {facts.money(corrected)} is right. The difference of {facts.money(abs(gap))} is {meaning}."
    return Passage(paragraphs(difference, _open_stock(facts)))


def _open_stock(facts: Facts) -> str:
    still_open = facts.cash[~facts.cash["in_corrected"]]
    over, under = (sum(still_open[kind], Decimal(0)) for kind in ("overstated", "understated"))
    if over == under == 0:
        return ""
    return (
        f"Beyond it, differences in flight, ambiguous or unexplained overstate inventory by {facts.money(over)} and "
        f"understate it by {facts.money(under)}."
    )
