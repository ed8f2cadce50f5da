"""The sentences and tables of the notebook on phantom margin, each number bound to a value of the measures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
from great_tables import GT

from tieout.charts import wording
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage, paragraphs
from tieout.reporting.tables import statement


def distortion(facts: Facts) -> Passage:
    """How much of the errors in gross profit nobody sees, because they hide each other."""
    lines = _month(facts, "distortion")
    lines = lines[(lines["measure"] == "gross_profit") & lines["in_corrected"]]
    net, gross = (_total(lines[kind]) for kind in ("net", "gross"))
    if gross == 0:
        return Passage(paragraphs("No proven cause distorts gross profit in this period."))
    sure = _total(lines["net_min"])
    return Passage(
        paragraphs(
            f"Errors of {facts.money(gross)} in gross profit leave {facts.signed(net)} to be seen.",
            f"On evidence A and B alone the ledger is off by {facts.signed(sure)}.",
        )
    )


def origins(facts: Facts) -> Passage:
    """How few events most of the distortion begins with."""
    lines = _month(facts, "margin_origins")
    lines = lines[lines["in_corrected"]]
    if lines.empty:
        return Passage(paragraphs("No error of this period has an origin: gross profit is as recorded."))
    sizes = lines.groupby("origin_event_id")["gross_profit"].sum().abs().sort_values(ascending=False)
    largest = _total(sizes.iloc[:10])
    spread = lines.sort_values(["events", "origin_event_id"]).iloc[-1]
    texts = [
        f"The effects begin with {wording.counted(len(sizes), 'event')}.",
        f"The largest of them, up to ten, move gross profit by {facts.money(largest)}.",
    ]
    if spread["events"] > 1:
        texts.append(
            f"The widest is {spread['origin_event_id']}: {spread['events']:,} events bear its effect of "
            f"{facts.signed(-spread['gross_profit'])} ({facts.titles.get(spread['cause'], spread['cause'])})."
        )
    return Passage(paragraphs(" ".join(texts)))


def exposure(facts: Facts) -> Passage:
    """What is decided on a wrong margin, and how long it was wrong."""
    lines = _month(facts, "decision_exposure")
    items = lines[(lines["scope"] == "sku") & lines["sku"].notna()]
    flips = items[items["sign_flips"]]
    delay = facts.company.table("correction_delay")
    still_open, events = (int(delay[kind].sum()) for kind in ("still_open", "events"))
    return Passage(
        paragraphs(
            f"{len(flips):,} of {len(items):,} items earn{'s' if len(flips) == 1 else ''} in one book and not in the "
            f"other; the ledger shows {facts.money(_total(flips['decided_on_wrong_ground']))} of net sales there."
            if len(flips)
            else "No item earns in one book and not in the other.",
            f"{still_open:,} of {events:,} errors still stand in the books; the others were corrected or came right by "
            "themselves.",
        )
    )


def misstatement(facts: Facts) -> Passage:
    """That the trial balance balances, and that this proves nothing."""
    lines = _month(facts, "misstatement")
    wrong = lines[lines["misstatement"] != 0]
    size = _total(wrong["misstatement"].where(wrong["misstatement"] > 0, Decimal(0)))
    off = _total(lines["closing"])
    balances = "The trial balance balances" if off == 0 else f"The trial balance is off by {facts.signed(off)}"
    if wrong.empty:
        return Passage(paragraphs(f"{balances}, and no account of it is misstated."))
    where = wording.counted(len(wrong), "account")
    return Passage(paragraphs(f"{balances}, and yet it is wrong by {facts.money(size)} on either side, in {where}."))


def trial_balance(facts: Facts) -> GT:
    """The trial balance at the period's end as recorded, what corrects it, and what is right."""
    lines = _month(facts, "misstatement").fillna({"account": ""})
    kinds = ("opening", "movement", "closing", "corrections", "corrected")
    names = [wording.account(account, role) for account, role in zip(lines["account"], lines["role"], strict=True)]
    cells = {
        ("", kind.capitalize()): [*(facts.exact(amount) for amount in lines[kind]), facts.exact(_total(lines[kind]))]
        for kind in kinds
    }
    return statement("trial-balance", [*names, "Total"], cells, sums=[len(names)], totals=[len(names)])


def timing(facts: Facts) -> Passage:
    """What comes back by itself, and what does not."""
    lines = _month(facts, "timing_shares")
    if lines["gross_share"].isna().all():
        return Passage(paragraphs("Nothing distorts profit in this period."))
    shares = dict(zip(lines["timing"], lines["gross_share"].astype(float), strict=True))
    return Passage(
        paragraphs(
            f"Of what distorts profit {wording.percent(shares['reversing'])} comes back by itself, "
            f"{wording.percent(shares['parked'])} is parked in the balance sheet, "
            f"{wording.percent(shares['permanent'])} stays and {wording.percent(shares['dimensional'])} only stands in "
            "the wrong place."
        )
    )


def drift(facts: Facts) -> Passage:
    """How many causes shift clearly, or why none can be told."""
    lines = facts.company.table("change_points")
    if lines.empty:
        return Passage(paragraphs("No cause changes gross profit."))
    reasons = lines["reason"].dropna().unique()
    if len(reasons) and lines["share_explained"].isna().all():
        return Passage(paragraphs(f"No shift can be told: {reasons[0]}."))
    clear = int((lines["share_explained"] >= 0.5).sum())
    rising = int((lines["trend"] > 0).sum())
    return Passage(
        paragraphs(
            f"{clear} of {wording.counted(len(lines), 'cause')} shift clearly: one split explains half or more of what "
            f"varies. {rising} push gross profit up a little more each period "
            f"(an estimate over {lines['n'].max()} periods)."
        )
    )


def variance(facts: Facts) -> Passage:
    """How much of the ups and downs of the margin is error."""
    row: dict[str, Any] = dict(facts.company.table("variance_split").set_index("figure").loc["gross_margin"])
    if wording.is_missing(row["error_share"]):
        return Passage(paragraphs(f"The variance of the margin cannot be split: {row['reason']}."))
    share = float(row["error_share"])
    does = "add {} to" if share > 0 else "hide {} of"
    return Passage(
        paragraphs(
            f"Over {row['n']} complete periods errors {does.format(wording.percent(abs(share)))} "
            "the variance of gross margin as recorded."
        )
    )


def headline(facts: Facts) -> Passage:
    """How far the headline margin can be trusted."""
    row = facts.headline
    if wording.is_missing(row["gross_margin"]):
        return Passage(paragraphs(f"There is no gross margin: {row['reason']}."))
    low, high = (wording.percent(float(row[f"gross_margin_{end}"]), 2) for end in ("min", "max"))
    sure = f"The corrected margin is {low}: nothing of it is ambiguous, unexplained or of unknown cost."
    texts = [sure if low == high else f"By the evidence the corrected margin lies between {low} and {high}."]
    if not wording.is_missing(row["known_cost_share"]):
        known = wording.percent(min(float(row["known_cost_share"]), float(row["known_cost_units"])))
        texts.append(f"{known} of the cost of sales comes from layers of known cost.")
    if facts.is_withheld:
        texts.append(f"The headline is withheld: {row['reason']}.")
    return Passage(paragraphs(*texts))


def materiality(facts: Facts) -> Passage:
    """That what is left out of the list is still in its sum."""
    lines = _month(facts, "material_causes")
    material = int((lines["cause"] != "other").sum())
    rest = _total(lines.loc[lines["cause"] == "other", "gross"])
    return Passage(
        paragraphs(
            f"{wording.counted(material, 'time')} a cause moves an account beyond materiality "
            f"({facts.money(facts.materiality)}). All else, {facts.money(rest)} gross, is one line an account: "
            "the sum is that of all corrections."
        )
    )


def _month(facts: Facts, name: str) -> pd.DataFrame:
    return facts.company.table(name, facts.period, facts.period)


def _total(amounts: pd.Series[Any]) -> Decimal:
    return sum(amounts, Decimal(0))
