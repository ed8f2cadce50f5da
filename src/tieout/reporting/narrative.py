"""The sentences of the leadership report. Every number in them is bound to a value of the measures."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from tieout.charts import wording
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage, paragraphs


def margin(facts: Facts) -> Passage:
    """Margins of the four books and the period before."""
    return Passage(paragraphs(withheld(facts), _first_report(facts), _prior(facts)))


def withheld(facts: Facts) -> str:
    """Stands above the exact figures of a margin that the headline withholds; nothing if it does not."""
    if not facts.is_withheld:
        return ""
    return (
        f"The corrected margin is withheld ({facts.headline['reason']}). The corrected figures below hold what is "
        "known so far, and are not to be decided on."
    )


def _first_report(facts: Facts) -> str:
    if not facts.was_closed:
        return "The period has no closing date: what was first reported cannot be told from what was booked later."
    first, recorded = facts.book("first_reported"), facts.book("recorded")
    if first["gross_profit"] == recorded["gross_profit"]:
        return "Nothing was booked into the period after its close."
    moved = recorded["gross_profit"] - first["gross_profit"]
    return (
        f"Entries booked after the close have moved gross profit by {facts.signed(moved)} "
        f"since it was first reported ({facts.money(first['gross_profit'])})."
    )


def _prior(facts: Facts) -> str:
    if facts.prior is None:
        return "There is no earlier period to compare with."
    was, now = (facts.book(book, facts.prior)["gross_margin"] for book in ("recorded", "corrected"))
    before = wording.period_title(facts.prior)
    if wording.is_missing(now):
        return f"{before} had no sales to compare with."
    shown = "no sales" if wording.is_missing(was) else wording.percent(was)
    return f"In {before} the ledger showed {shown}; corrected, gross margin was {wording.percent(now)}."


def bridge(facts: Facts) -> Passage:
    """How many causes there are, and what stays open."""
    effects = facts.bridge[facts.bridge["gross_profit"] != 0]
    known, still_open = effects[effects["in_corrected"]], effects[~effects["in_corrected"]]
    if known.empty:
        count = "No proven cause changes gross profit in this period."
    elif len(known) == 1:
        count = "One proven cause leads from the recorded to the corrected profit, exactly."
    else:
        count = f"{len(known)} proven causes lead from the recorded to the corrected profit, exactly."
    left = facts.signed(sum(still_open["gross_profit"], Decimal(0)))
    rest = f"What is in flight, ambiguous or unexplained ({left}) stays apart, up to the expected profit."
    return Passage(paragraphs(withheld(facts), count, "Nothing is left open." if still_open.empty else rest))


def channels(facts: Facts) -> Passage:
    """Which channel looks better and which worse than it is."""
    table = facts.channels
    if table.empty:
        return Passage(paragraphs("No sales or costs of this period carry a channel."))
    texts = [withheld(facts), _best_and_worst(facts)]
    if (table["fees"] == 0).all():
        texts.append("No channel fees are on the books for this period, so contribution is shown before fees.")
    texts.append(wording.not_comparable(facts.guards))
    return Passage(paragraphs(*texts))


def _best_and_worst(facts: Facts) -> str:
    gaps = _contribution_gaps(facts.channels)
    best, worst = max(gaps, key=lambda name: gaps[name]), min(gaps, key=lambda name: gaps[name])
    texts = []
    if gaps[best] > 0:
        texts.append(f"{best} looks better than it is: contribution is overstated by {facts.money(gaps[best])}.")
    if gaps[worst] < 0:
        texts.append(f"{worst} looks worse than it is: contribution is understated by {facts.money(-gaps[worst])}.")
    return " ".join(texts) or "Each channel's contribution is as recorded."


def _contribution_gaps(channels: pd.DataFrame) -> dict[str, Decimal]:
    """By channel: recorded minus corrected contribution; a channel that a book does not know has none in it."""
    signs = {"recorded": 1, "corrected": -1}
    gaps: dict[str, Decimal] = {}
    for channel, book, amount in zip(channels["channel"], channels["book"], channels["contribution"], strict=True):
        name = f"Channel {channel}" if channel else "What carries no channel"
        gaps[name] = gaps.get(name, Decimal(0)) + signs.get(book, 0) * amount
    return gaps


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
