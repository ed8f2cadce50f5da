"""The sentences of the notebook on stock. Every number in them is bound to a value of the measures."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from tieout.charts import wording
from tieout.reporting.facts import Facts
from tieout.reporting.head import deck, head
from tieout.reporting.passage import Opening, Passage, paragraphs


def opening(facts: Facts) -> Opening:
    """Warnings if there are any, what stock is worth, and what follows for cash."""
    was, now = facts.stock_value("recorded"), facts.stock_value("corrected")
    shown, right = facts.money(was), facts.money(now)
    headline = f"Stock at the end of {facts.title} was {right}, " + (
        "as recorded" if shown == right else f"not {shown} as recorded"
    )
    if facts.stock.empty:
        headline = f"No stock is on the books or known at the end of {facts.title}"
    net = _sum(_known_parts(facts)["net"])
    shown = f"The books show {facts.money(abs(net))} too {'much' if net > 0 else 'little'}: " if net else ""
    return head(facts, f"Stock, {facts.title}", headline, deck(shown + parts(facts)))


def parts(facts: Facts) -> str:
    """What has become of the stock that the books show and that is not there."""
    known = _known_parts(facts)
    sums = {part: _sum(known[part]) for part in _PARTS}
    texts = [f"{facts.signed(sums[part])} {text[sums[part] < 0]}" for part, text in _PARTS.items() if sums[part]]
    return f"{wording.listed(texts)}. Writing stock down frees no cash." if texts else "No proven cause distorts it."


def _known_parts(facts: Facts) -> pd.DataFrame:
    table = facts.company.distortion_parts(facts.period, facts.period)
    return table[table["in_corrected"]]


_PARTS = {  # what the books show too much, and what they show too little
    "already_sold": ("is sold already", "was taken out of the books too often or came back"),
    "lost": ("is lost", "was written off and is there"),
    "purchasing": ("was never bought or never billed", "came or was billed and is not booked"),
    "recoverable": ("can be got back", "is to be given back"), "other": ("is the rest", "is the rest"),
}  # fmt: skip


def places(facts: Facts) -> Passage:
    """Over and under, and whether units or their cost are wrong."""
    table = facts.company.inventory_distortion(facts.period, facts.period)
    known = table[table["reason"].isna()]
    over, under, net = (_sum(table[column]) for column in ("overstated", "understated", "net"))
    units, cost = _sum(known["quantity_effect"]), _sum(known["cost_effect"])
    rest = net - units - cost
    return Passage(paragraphs(
        f"Place by place, {facts.money(over)} is overstated and {facts.money(under)} understated: "
        f"{facts.signed(net)} net. Wrong units make {facts.signed(units)} of it, wrong unit costs {facts.signed(cost)}"
        + (f"; {facts.signed(rest)} was booked without units." if rest else "."),
    ))  # fmt: skip


def count(facts: Facts) -> Passage:
    """How much was counted, and the gap between periodic and perpetual cost of sales."""
    gaps = {row["book"]: row for row in facts.company.periodic_gap(facts.period, facts.period).to_dict("records")}
    if "recorded" not in gaps:
        return Passage(paragraphs("There is neither stock nor cost of sales to compare."))
    gap = gaps["recorded"]
    return Passage(paragraphs(
        f"Opening stock and purchases less closing stock leave a cost of sales of {facts.money(gap['periodic'])}; "
        f"sale by sale the ledger has {facts.money(gap['perpetual'])}. The gap of {facts.signed(gap['gap'])} is "
        f"what was lost out of stock ({facts.signed(gap['stock_losses'])}), movements of no stock event "
        f"({facts.signed(gap['other_movements'])}) and cost without goods ({facts.signed(gap['cost_without_goods'])}).",
    ))  # fmt: skip


def holding(facts: Facts) -> Passage:
    """What holding stock costs (an estimate), and what may still be bought."""
    table = facts.company.inventory_ratios(facts.period, facts.period)
    books = {row["book"]: row for row in table[table["is_total"]].to_dict("records")}
    if "recorded" not in books or "corrected" not in books:
        return Passage(paragraphs("There is no stock to hold."))
    was, now = books["recorded"], books["corrected"]
    cost = (
        f"An estimate, in no book: holding this stock cost {facts.money(now['carrying_cost'])} in the period, "
        f"{facts.money(now['capital_cost'])} of it capital; by the recorded stock {facts.money(was['carrying_cost'])}."
    )
    if wording.is_missing(now["open_to_buy"]):
        return Passage(paragraphs(cost, "No target for stock is set (inventory.target): open-to-buy is not known."))
    return Passage(paragraphs(
        cost, f"Open to buy: {facts.money(now['open_to_buy'])}; by the books {facts.money(was['open_to_buy'])}."
    ))  # fmt: skip


def sellers(facts: Facts) -> Passage:
    """Over- and understock, dead and negative stock, in both books."""
    table = facts.company.stock_classes()
    lines = []
    for book in ("recorded", "corrected"):
        own = table[table["book"] == book]
        dead = own[own["is_dead"].fillna(False).astype(bool)]
        held = f"dead stock {facts.money(_sum(dead['amount']))} ({wording.counted(len(dead), 'item')})"
        below = wording.counted(int(own["is_negative"].sum()), "item")
        lines.append(
            f"{book.capitalize()}: overstock {facts.money(_sum(own['overstock']))}, "
            f"understock {facts.money(_sum(own['understock']))}, "
            f"{held if len(dead) else 'no dead stock'}, {below} below zero."
        )
    return Passage(paragraphs(*lines))


def values(facts: Facts) -> Passage:
    """The same count at another value, and what marketplaces have not made good."""
    pairs = facts.company.valuation_only(facts.period, facts.period)
    known = pairs[pairs["valuation_only_share"].notna()]
    lines = [
        f"{row['system']} and {row['other_system']}: {wording.percent(row['valuation_only_share'])} of "
        f"{row['cells']:,} items at a place have the same units at another value, "
        f"{facts.money(row['valuation_only_amount'])} in all."
        for row in known.to_dict("records")
    ]
    for reason, others in pairs.drop(known.index).groupby("reason"):
        names = [f"{row['system']} and {row['other_system']}" for row in others.to_dict("records")]
        lines.append(f"Not known ({reason}): {'; '.join(names)}.")
    claims = facts.company.unrecovered_claims()
    owed = claims[claims["unrecovered_amount"] > 0]
    by_age = owed.groupby("bucket")["unrecovered_amount"].agg(_sum).to_dict()
    ages = ", ".join(f"{bucket} days {facts.money(amount)}" for bucket, amount in by_age.items())
    lines.append(
        f"Lost at marketplaces and not made good: {facts.money(_sum(owed['unrecovered_amount']))} at cost ({ages})."
        if len(owed)
        else "Marketplaces owe nothing for lost or damaged goods that is known of."
    )
    return Passage(paragraphs(*lines))


def _sum(amounts: pd.Series) -> Decimal:
    return sum(amounts.dropna(), Decimal(0))
