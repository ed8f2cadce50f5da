"""The sentences of the report on available stock. Every number in them is bound to a value of the measures."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from tieout.charts import wording
from tieout.reporting.facts import Facts
from tieout.reporting.head import head
from tieout.reporting.passage import Opening, Passage, paragraphs


def opening(facts: Facts) -> Opening:
    """Warnings if there are any, then how many units are here and how many can be sold."""
    table = _stock(facts)
    here, sellable = (wording.units(_total(table, name) or Decimal(0)) for name in ("operations", "available_to_sell"))
    headline = (
        f"No stock is known at the end of {facts.title}"
        if table.empty
        else f"At the end of {facts.title} {here} units were here, and {sellable} could be sold"
    )
    return head(facts, f"Available stock, {facts.title}", headline)


def definitions(facts: Facts) -> Passage:
    """What each definition counts; where one cannot be told, why."""
    table = _stock(facts)
    reasons = sorted(set(table["reason"].dropna()))
    finance, books = _total(table, "finance"), _total(table, "books")
    unknown = [name for name, units in (("finance counts", finance), ("the books hold", books)) if units is None]
    told = [
        f"Finance counts {wording.units(finance)}: what is in the ledger and paid." if finance is not None else "",
        f"The books hold {wording.units(books)}: what is ours and in the ledger, also on the road."
        if books is not None
        else "",
        f"What {' and what '.join(unknown)} is not known: {'; '.join(reasons)}." if unknown else "",
    ]
    rule = (
        "None of these is wrong. Which unit came with which receipt is not known: the oldest are taken to leave first, "
        "and what is damaged or promised to be the oldest of what is left."
    )
    return Passage(paragraphs(" ".join(filter(None, told)), rule))


def errors(facts: Facts) -> Passage:
    """How wrong the ledger is about the units, apart from any definition."""
    table = facts.company.table("availability_errors", facts.period, facts.period)
    ledger = table[table["is_period_end"] & (table["source"] == "ledger")]
    if ledger.empty:
        return Passage(paragraphs("No proven error distorts the ledger's stock."))
    units = ledger["units"].dropna()
    over, under = sum(units[units > 0], Decimal(0)), sum(units[units < 0], Decimal(0))
    sizes = {str(cause): sum(amounts.abs(), Decimal(0)) for cause, amounts in ledger.groupby("cause")["amount"]}
    cause = max(sorted(sizes), key=sizes.__getitem__)
    return Passage(
        paragraphs(
            f"Apart from that the ledger is wrong: {wording.units(over)} units too many and "
            f"{wording.units(-under)} too few, by item, place and cause. "
            f"Largest in value: {wording.inside(facts.titles[cause])} ({facts.money(sizes[cause])})."
        )
    )


def drift(facts: Facts) -> Passage:
    """What is compared, and what cannot be."""
    table = facts.company.table("system_drift", facts.period, facts.period)
    reasons = sorted(set(table["reason"].dropna()))
    moments = table["taken_at"].nunique()
    return Passage(
        paragraphs(
            f"Compared in {facts.title}: {wording.counted(moments, 'moment')}."
            if moments
            else "No system counted its stock.",
            f"Not compared with the ledger: {'; '.join(reasons)}." if reasons else "",
        )
    )


def accuracy(facts: Facts) -> Passage:
    """How many counts there were; one sentence on what a record is held against."""
    table = facts.company.table("record_accuracy", facts.period, facts.period)
    counted = table[table["measure"] == "binary_ira"].drop_duplicates("against")
    if counted.empty:
        return Passage(paragraphs(f"Nothing was counted in {facts.title}."))
    counts = [f"{count:,} by {against}" for against, count in zip(counted["against"], counted["n"], strict=True)]
    return Passage(paragraphs(f"Counted in {facts.title}, in items at a place: {', '.join(counts)}."))


def listings(facts: Facts) -> Passage:
    """What cannot be compared, and why."""
    table = facts.company.table("listing_gaps", facts.period, facts.period)
    reasons = sorted(set(table["reason"].dropna()))
    return Passage(paragraphs(f"Not known: {'; '.join(reasons)}." if reasons else "What was listed is known."))


def _stock(facts: Facts) -> pd.DataFrame:
    table = facts.company.table("availability", facts.period, facts.period)
    return table[table["is_period_end"]]


def _total(table: pd.DataFrame, definition: str) -> Decimal | None:
    return None if table[definition].isna().any() else sum(table[definition], Decimal(0))
