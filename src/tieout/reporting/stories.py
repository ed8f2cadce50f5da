"""One exception as a story: what happened, what was booked, what should have been, why, and what to do."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
from great_tables import GT
from markupsafe import Markup

from tieout.charts import wording
from tieout.reporting import tables
from tieout.reporting.definitions import EVIDENCE
from tieout.reporting.exhibits import set_table
from tieout.reporting.facts import Facts
from tieout.reporting.passage import paragraphs, prose
from tieout.reporting.trust import definition_list

ROWS, SOURCES = 8, 4  # how many are shown
_WORK = {
    "look": "Look whether it has come right by itself in the other period; else book the entry",
    "match": "Match it with its document and book the entry",
    "investigate": "Find out who booked it and why, then book the entry",
    "recompute": "Value the item's whole period again and book the entry",
}
_ROOTS = {
    "logic_not_passed": "have the connector pass this kind of event on, with all that it moves",
    "batch_timing": "post sooner, and before the period ends",
    "mapping": "mend the mapping of accounts, channels, items or places in the system that books",
    "policy": "set the system that books to the policy, or declare the cause accepted (policy.accepted_causes)",
    "human": "let manual entries name their event, and have them approved",
    "transport_loss": "have the connector repeat what got lost and refuse what it has had",
    "duplicates": "let the ledger refuse an event that it has had",
    "orphans": "let the connector book only what happened",
}
_HELD = {
    "not explained": "More than one cause fits, or none: nothing is proposed",
    "to be reviewed": "An entry waits for a review",
    "a count contradicts the history": "The last count contradicts the history: count again first",
    "nets out in the open period": "Both periods are closed, and the two sides cancel: nothing is left to book",
    "no account": "No account has its role: give one in gl_accounts",
}
_TRUE_UP = "waits for true-up "
_STOCK = ("inventory", "in_transit")


def story(facts: Facts, case: Mapping[Hashable, Any], number: int) -> Markup:
    """The exception ``case``, a row of ``exceptions`` with title, sentence, scenario and root of its cause.

    ``case`` also says in words its ``share`` in the others and where it ``began``, if elsewhere; ``number`` tells the
    tables of a page apart.
    """
    known = facts.company.explain(str(case["event_id"]))
    entry = facts.company.story(str(case["cause"]), str(case["event_id"]))
    terms: dict[str, str] = {
        "What happened": _sources(facts, known, case),
        "In the ledger": _booked(known, case),
        "Cause": prose(f"{case['title']}. {case['sentence']} {case['began']}".strip()),
        "Evidence": prose(f"{case['evidence']}, {EVIDENCE[case['evidence']]}."),
        "Effect": prose(_effect(facts, entry, case["net_profit"])),
        "What to do": prose(_remedy(case)),
    }
    title = Markup("<h3>{}</h3>{}").format(case["scenario_title"], paragraphs(case["share"]))
    note = Markup(
        '<p class="source">Source: <code>{}</code> · <code>tieout explain {}</code></p>'
    ).format("measures/close/story.sql", case["event_id"])  # fmt: skip
    skus = {*known.loc[known["section"] == "source row", "sku"].dropna()}
    table = set_table(_table(facts, entry, skus, number), ["story"])
    return title + definition_list(terms) + Markup('<div class="exhibit">{}{}</div>').format(table, note)


def _sources(facts: Facts, known: pd.DataFrame, case: Mapping[Hashable, Any]) -> Markup:
    """The rows of the history that the event comes from, with file and row; of many, those of most money."""
    rows = known[known["section"].isin(["source row", "order line", "oversold"])]
    own = rows[rows["event_id"] == case["event_id"]]
    rows = rows if own.empty else own
    if rows.empty:
        return prose("The history of stock, orders and payments knows nothing of it.")
    found = [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]
    if len(found) > SOURCES:
        found.sort(key=lambda row: -abs(_known(row["amount"])))
    return _listed([_row(facts, row) for row in found[:SOURCES]], len(found), "row")


def _row(facts: Facts, row: Mapping[str, Any]) -> Markup:
    kind, blank, name = str(row["what"]).partition(" ")
    parts = [f"{kind.replace('_', ' ')}{blank}{name}"]
    if _text(row["sku"]) and not wording.is_missing(row["quantity"]):
        parts.append(f"{row['quantity'].normalize():,f} × {row['sku']}")
    if not wording.is_missing(row["amount"]):
        parts.append(("at " if parts[1:] else "") + _price(facts, row["amount"]))
    parts += [_way(_text(row["location"])), _text(row["channel"]), _day(row["date"])]
    return _placed(", ".join(filter(None, parts)), row["source"])


def _way(places: str) -> str:
    """``MAIN → `` leaves MAIN for the outside world."""
    start, arrow, end = places.partition(" → ")
    return places if (start and end) or not arrow else f"from {start}"


def _price(facts: Facts, amount: Decimal) -> str:
    """An amount with all its places, at least those of money."""
    exponent = amount.normalize().as_tuple().exponent
    places = max(facts.company.decimals, -exponent if isinstance(exponent, int) else 0)
    return f"{amount:,.{places}f}".replace("-", wording.MINUS)


def _placed(text: str, source: Any) -> Markup:
    """A line with the file and row where it stands."""
    return prose(text) + (Markup(" <code>{}</code>").format(source) if _text(source) else Markup(""))


def _listed(lines: list[Markup], count: int, noun: str) -> Markup:
    more = [prose(f"and {wording.counted(count - len(lines), f'more {noun}')}")] if count > len(lines) else []
    return Markup("<br>").join([*lines, *more])


def _booked(known: pd.DataFrame, case: Mapping[Hashable, Any]) -> Markup:
    """The journals that the event is booked in, with file and first row."""
    rows = known[known["section"] == "recorded"]
    rows = rows[rows["event_id"].isna() | (rows["event_id"] == case["event_id"])]
    if rows.empty:
        return prose("Nothing was booked for it.")
    rows = rows.assign(journal=[str(what).rpartition(" in ")[2] for what in rows["what"]])
    journals = rows.drop_duplicates("journal")
    shown = journals.head(SOURCES).to_dict("records")
    lines = [_placed(f"{row['journal']}, {_day(row['date'])}", row["source"]) for row in shown]
    return _listed(lines, len(journals), "journal")


def _effect(facts: Facts, entry: pd.DataFrame, profit: Decimal) -> str:
    """By how much profit and stock are off, all periods together."""
    stock = sum(entry.loc[entry["role"].isin(_STOCK), "correction"], Decimal(0))
    texts = [
        f"{name} too {'low' if amount > 0 else 'high'} by {facts.money(abs(amount))}"
        for name, amount in (("profit", profit), ("stock", stock))
        if amount
    ]
    if texts:
        return f"{wording.beginning(' and '.join(texts))}."
    if entry.loc[entry["correction"] != 0, "period"].nunique() > 1:
        return "Profit and stock of single periods are wrong; over all periods both are right."
    return "Profit and stock are right in sum; the money stands in the wrong account or place."


def _remedy(case: Mapping[Hashable, Any]) -> str:
    """What to do about this one, and so that there is no next."""
    held = "" if wording.is_missing(case["held"]) else str(case["held"])
    work = _WORK[case["work"]] if not held else ""
    true_up = held.partition(_TRUE_UP)[2]
    waits = f"First look at the manual entry {true_up}, which may stand in for it" if true_up else _HELD.get(held, held)
    is_orphan = case["scenario"] == "unsupported" and case["root"] != "human"
    never = _ROOTS.get(case["scenario"], _ROOTS.get("orphans" if is_orphan else case["root"], ""))
    return f"{work or waits}.{f' So that it does not come back: {never}.' if never else ''}"


def _table(facts: Facts, entry: pd.DataFrame, skus: set[str], number: int) -> GT:
    """The entry: booked, correction and what should be booked; only the lines that are wrong.

    A line names what tells it from the others, and an item that is not the event's own (``skus``).
    """
    wrong = entry[(entry["correction"] != 0) | (entry["other"] != 0)]
    kinds = {"recorded": "Booked", "correction": "Correction", "other": "Other causes", "expected": "Should be"}
    if not wrong["other"].any():
        del kinds["other"]
    size = wrong["correction"].astype(object).abs()
    order = size.sort_values(ascending=False, kind="stable").index
    shown = wrong.loc[sorted(order[:ROWS])]
    varied = [name for name in ("sku", "location", "channel", "period") if shown[name].nunique() > 1]
    if "sku" not in varied and set(shown["sku"].dropna()) - skus:
        varied.insert(0, "sku")
    lines = [_line(row, varied) for row in shown.to_dict("records")]
    cells = {("", title): [facts.exact(amount) for amount in shown[kind]] for kind, title in kinds.items()}
    if rest := list(order[ROWS:]):
        lines.append(wording.counted(len(rest), "more line"))
        for kind, title in kinds.items():
            cells["", title].append(facts.exact(sum(wrong.loc[rest, kind], Decimal(0))))
    return tables.statement(f"story-{number}", lines, cells)


def _line(row: Mapping[Hashable, Any], varied: list[str]) -> str:
    named = [wording.period_label(str(row[name])) if name == "period" else _text(row[name]) for name in varied]
    return ", ".join([wording.account("", str(row["role"])).capitalize(), *filter(None, named)])


def _known(amount: Any) -> Decimal:
    return Decimal(0) if wording.is_missing(amount) else Decimal(amount)


def _text(value: Any) -> str:
    return "" if wording.is_missing(value) else str(value)


def _day(value: Any) -> str:
    return "" if wording.is_missing(value) else f"{value.day} {value:%b %Y}"
