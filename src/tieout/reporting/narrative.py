"""The sentences of the leadership report. Every number in them is bound to a value of the measures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from tieout.charts import wording
from tieout.reporting import cash
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage, paragraphs


def margin(facts: Facts) -> Passage:
    """What was reported and was not earned, what was first reported, and the periods to compare with."""
    texts = (_not_earned(facts), _first_report(facts), _compared(facts))
    return Passage(paragraphs(withheld(facts), *texts))


def withheld(facts: Facts) -> str:
    """Stands above the exact figures of a margin that the headline withholds; nothing if it does not."""
    if not facts.is_withheld:
        return ""
    return (
        f"The corrected margin is withheld ({facts.headline['reason']}). The corrected figures below hold what is "
        "known so far, and are not to be decided on."
    )


def _not_earned(facts: Facts) -> str:
    recorded, corrected = (facts.book(book)["gross_profit"] for book in ("recorded", "corrected"))
    if facts.is_withheld or recorded == corrected:
        return ""
    gap = facts.money(facts.carried(abs(recorded - corrected)))
    result = f"a gross {'loss' if recorded < 0 else 'profit'} of {facts.money(abs(recorded))}"
    if recorded < corrected:
        return f"The ledger reports {result}; {gap} more was earned."
    if corrected < 0:  # more than all of a profit is no part of it
        return f"The ledger reports {result}; {gap} less was earned."
    return f"The ledger reports {result}, of which {gap} was not earned."


def _first_report(facts: Facts) -> str:
    if not facts.was_closed:
        return "The period has no closing date: what was first reported cannot be told from what was booked later."
    first, recorded = facts.book("first_reported"), facts.book("recorded")
    if first["gross_profit"] == recorded["gross_profit"]:
        return "It was first reported so: nothing booked since the close has changed it."
    moved = recorded["gross_profit"] - first["gross_profit"]
    return (
        f"Entries booked after the close have moved gross profit by {facts.signed(moved)} "
        f"since it was first reported ({facts.money(first['gross_profit'])})."
    )


def _compared(facts: Facts) -> str:
    """Margins of the period before and of the year before, in both books."""
    if facts.prior is None:
        return "There is no earlier period to compare with."
    texts = [_margins(facts, facts.prior)]
    if facts.prior_year:
        texts.append(_margins(facts, facts.prior_year))
    else:
        texts.append("There is no period a year earlier to compare with.")
    return " ".join(texts)


def _margins(facts: Facts, period: str) -> str:
    was, now = (facts.book(book, period)["gross_margin"] for book in ("recorded", "corrected"))
    when = wording.period_title(period)
    if wording.is_missing(now):
        return f"{when} had no sales to compare with."
    shown = "no sales" if wording.is_missing(was) else wording.percent(was)
    if facts.is_withheld_in(period):
        return f"In {when} the ledger showed {shown}; the corrected margin is withheld."
    return f"In {when} the ledger showed {shown}; corrected, gross margin was {wording.percent(now)}."


ORIGINS = 3  # that the text names


def bridge(facts: Facts) -> Passage:
    """Which origins make most of the difference, how sure that is, and what stays open."""
    return Passage(paragraphs(withheld(facts), _origins(facts), _evidence(facts), _open(facts)))


def _origins(facts: Facts) -> str:
    """The largest causes by the system where they begin."""
    effects: dict[tuple[str, str], Decimal] = {}
    for row in facts.rows("margin_origins"):
        if row["in_corrected"]:
            key = (str(row["cause"]), "" if wording.is_missing(row["origin_system"]) else str(row["origin_system"]))
            effects[key] = effects.get(key, Decimal(0)) + row["gross_profit"]
    ranked = sorted(effects.items(), key=lambda item: (-abs(item[1]), item[0]))
    ranked = [(key, effect) for key, effect in ranked if effect]
    if not ranked:
        return "No proven cause changes gross profit in this period."
    shown = [_origin(facts, *key, effect) for key, effect in ranked[:ORIGINS]]
    if len(ranked) <= ORIGINS:
        return f"The difference has {wording.counted(len(ranked), 'origin')}: {wording.listed(shown)}."
    named, whole = (sum((abs(effect) for _, effect in part), Decimal(0)) for part in (ranked[:ORIGINS], ranked))
    rest = sum((effect for _, effect in ranked[ORIGINS:]), Decimal(0))
    return (
        f"Three of {len(ranked)} origins make {wording.percent(float(named / whole), 0)} of all effects: "
        f"{wording.listed(shown)}. The others come to {facts.signed(rest)} together."
    )


def _origin(facts: Facts, cause: str, system: str, effect: Decimal) -> str:
    title = facts.titles.get(cause, cause)
    where = f", from {system}" if system else ""
    return f"{wording.inside(title)}{where} ({facts.signed(effect)})"


def _evidence(facts: Facts) -> str:
    """How much of what the corrections move rests on records, on rules, and on less."""
    sizes = dict.fromkeys("ABCDU", Decimal(0))
    for row in facts.rows("period_evidence"):
        if row["evidence"] in sizes:
            sizes[row["evidence"]] = row["gross"]
    whole = sum(sizes.values(), Decimal(0))
    if not whole:
        return ""
    shares = [
        f"{wording.percent(float(sizes[level] / whole))} {basis}" for level, basis in _BASES.items() if sizes[level]
    ]
    return f"Of {facts.money(whole)} of correcting lines {wording.listed(shares)}."


_BASES = {
    "A": "is proven by the records (evidence A)", "B": "follows from them by a rule (B)",
    "C": "is likely and to be reviewed (C)", "D": "has several possible causes (D)", "U": "is unexplained",
}  # fmt: skip


def _open(facts: Facts) -> str:
    still_open = facts.bridge[(facts.bridge["gross_profit"] != 0) & ~facts.bridge["in_corrected"]]
    if still_open.empty:
        return "Nothing in flight, ambiguous or unexplained changes gross profit."
    left = facts.signed(sum(still_open["gross_profit"], Decimal(0)))
    return f"What is in flight, ambiguous or unexplained ({left}) stays apart, up to the expected profit."


def channels(facts: Facts) -> Passage:
    """Which channel looks better and which worse than it is."""
    table = facts.channels
    if table.empty:
        return Passage(paragraphs("No sales or costs of this period carry a channel."))
    texts = [withheld(facts), _kept(facts), _subsidy(facts), _best_and_worst(facts)]
    if (table["fees"] == 0).all():
        texts.append("No channel fees are on the books for this period, so contribution is shown before fees.")
    texts.append(wording.not_comparable(facts.guards))
    return Passage(paragraphs(*texts))


def _kept(facts: Facts) -> str:
    """What each channel keeps of a hundred of its revenue, in truth and by the ledger."""
    ranks = [row for row in facts.rows("channel_ranks") if not wording.is_missing(row["margin_corrected"])]
    if not ranks or facts.is_withheld:
        return ""
    ranks.sort(key=lambda row: (-row["margin_corrected"], row["channel"]))
    kept = [
        f"{row['channel']} {_of_hundred(row['margin_corrected'])}"
        + ("" if wording.is_missing(was := row["margin_recorded"]) else f" (by the ledger {_of_hundred(was)})")
        for row in ranks
    ]
    hundred = facts.money(Decimal(100))
    return f"Of each {hundred} of revenue, after cost and fees, a channel keeps: {', '.join(kept)}."


def _of_hundred(margin: float) -> str:
    return wording.percent(margin, 0).removesuffix("%")


def _subsidy(facts: Facts) -> str:
    """The largest of the payments that would settle what channels bear for each other."""
    pairs = facts.rows("subsidy_pairs")
    if not pairs:
        return ""
    largest = max(pairs, key=lambda row: (row["amount"], str(row["payer"]), str(row["receiver"])))
    payer, receiver = (_channel(largest[side]) for side in ("payer", "receiver"))
    more = len(pairs) - 1
    others = f"; {wording.counted(more, 'smaller amount')} lie{'s' if more == 1 else ''} between others" if more else ""
    return f"In the ledger {payer} carries {facts.money(largest['amount'])} that belongs to {receiver}{others}."


def _channel(name: Any) -> str:
    return "what carries no channel" if wording.is_missing(name) or not name else str(name)


def _best_and_worst(facts: Facts) -> str:
    gaps = contribution_gaps(facts.channels)
    best, worst = max(gaps, key=lambda name: gaps[name]), min(gaps, key=lambda name: gaps[name])
    texts = []
    if gaps[best] > 0:
        texts.append(f"{best} looks better than it is: contribution is overstated by {facts.money(gaps[best])}.")
    if gaps[worst] < 0:
        texts.append(f"{worst} looks worse than it is: contribution is understated by {facts.money(-gaps[worst])}.")
    return " ".join(texts) or "Each channel's contribution is as recorded."


def contribution_gaps(channels: pd.DataFrame) -> dict[str, Decimal]:
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
        left = _open_stock(facts)
        verdict = "; no proven cause changes that" if left else ", and that is right"
        return Passage(paragraphs(f"{shown}{verdict}.", left))
    meaning = "is not there" if gap > 0 else "is there unseen"
    difference = f"{shown}; {facts.money(corrected)} is right: {facts.money(abs(gap))} {meaning}."
    return Passage(paragraphs(f"{difference} Of that, {cash.parts(facts)}", _open_stock(facts)))


def _open_stock(facts: Facts) -> str:
    still_open = facts.cash[~facts.cash["in_corrected"]]
    over, under = (sum(still_open[kind], Decimal(0)) for kind in ("overstated", "understated"))
    if over == under == 0:
        return ""
    texts = [
        f"{verb} inventory by {facts.money(size)}"
        for verb, size in (("overstate", over), ("understate", under))
        if size
    ]
    return f"Differences in flight, ambiguous or unexplained may {wording.listed(texts)} further."


def timing(facts: Facts) -> Passage:
    """How much of the period's profit, and of its change, is timing that other periods turn back."""
    shifts = {row["period"]: row["gross_profit_shifted"] for row in _all_rows(facts, "timing")}
    here = shifts.get(facts.period, Decimal(0))
    if facts.prior is None:
        return Passage(paragraphs(_shift(facts, here)))
    now, before = (facts.book("recorded", period)["gross_profit"] for period in (facts.period, facts.prior))
    change, by_timing = now - before, here - shifts.get(facts.prior, Decimal(0))
    when, share = wording.period_title(facts.prior), facts.signed(by_timing)
    moved = f"{'rose' if change > 0 else 'fell'} against {when} by {facts.money(abs(change))}"
    text = (
        f"By the ledger gross profit {moved}; timing makes {share} of that change."
        if change
        else f"By the ledger gross profit is that of {when}; timing has moved it by {share} between them."
    )
    return Passage(paragraphs(_shift(facts, here), text))


def _shift(facts: Facts, shift: Decimal) -> str:
    if not shift:
        return f"Timing leaves the gross profit of {facts.title} as it is."
    side = "too much" if shift > 0 else "too little"
    return (
        f"Timing puts {facts.money(abs(shift))} {side} into the gross profit of {facts.title}; "
        "other periods turn it back."
    )


def advertising(facts: Facts) -> Passage:
    """What advertising must bring in to break even, and the items that lose money before any."""
    table = facts.company.table("decision_exposure", facts.period, facts.period)
    if table.empty:
        return Passage(paragraphs("Nothing was sold that could be advertised."))
    if facts.is_withheld:
        rests = "What advertising may cost, and which items lose money, rests on the corrected margin"
        return Passage(paragraphs(f"{rests}: it is withheld, too."))
    whole = table[table["scope"] == "company"].to_dict("records")[0]
    losing = losing_items(table)
    unseen = int(losing["sign_flips"].sum())
    lost = (
        f"{wording.counted(len(losing), 'item')} lost {facts.money(lost_on(losing))} before any advertising; "
        f"the ledger shows a profit for {unseen or 'none'} of them."
        if len(losing)
        else "No item that sold lost money before advertising."
    )
    return Passage(paragraphs(_break_even(facts, whole), lost))


def losing_items(exposure: pd.DataFrame) -> pd.DataFrame:
    """The items of ``decision_exposure`` that leave a loss before any advertising."""
    items = exposure[exposure["scope"] == "sku"]
    return items[(items["break_even_advertising_corrected"] < 0).fillna(False)]


def lost_on(items: pd.DataFrame) -> Decimal:
    """What the items of ``losing_items`` lost after cost and fees, above zero."""
    return sum(items["fees_corrected"] - items["gross_profit_corrected"], Decimal(0))


def _break_even(facts: Facts, whole: Mapping[Any, Any]) -> str:
    was, now = (whole[f"break_even_advertising_{book}"] for book in ("recorded", "corrected"))
    if wording.is_missing(now):
        return "Without sales no return on advertising can be told."
    if now <= 0:
        return "No return on advertising breaks even: sales leave nothing after cost and fees."
    right, shown = f"{1 / now:.2f}", "" if wording.is_missing(was) or was <= 0 else f"{1 / was:.2f}"
    compared = f", not {shown} as the ledger says" if shown not in ("", right) else ""
    return (
        f"Advertising breaks even at a return of {right}{compared}: that much net revenue for each "
        f"{facts.money(Decimal(1))} spent."
    )


def work(facts: Facts) -> Passage:
    """What the differences take in hours, how the period was closed, and what is open."""
    (rates,), (close,) = facts.rows("labour_rates"), facts.rows("close")
    hours = (
        f"No difference of {facts.title} takes any work."
        if not rates["hours"]
        else f"Clearing the differences of {facts.title} by hand takes {wording.hours(rates['hours'])} by estimate "
        f"({facts.money(rates['cost'])}: assumed minutes × a rate, in no book)."
    )
    share = rates["avoidable_share"]
    rule = "" if wording.is_missing(share) or not share else f" A rule could do {wording.percent(share)} of it."
    days = close["days_to_close"]
    count = int(close["open_exceptions"])
    still_open = f"{wording.counted(count, 'exception')} stay{'s' if count == 1 else ''} open"
    return Passage(paragraphs(hours + rule, f"{_close(days)}; {still_open}."))


def _close(days: Any) -> str:
    """``days`` from the period's end to its close."""
    if wording.is_missing(days):
        return "The period is not closed"
    if days < 0:
        return f"The period was closed {wording.counted(-days, 'day')} before its end"
    return f"The close took {wording.counted(days, 'day')}"


def _all_rows(facts: Facts, name: str) -> list[dict[Any, Any]]:
    return list(facts.company.table(name).to_dict("records"))
