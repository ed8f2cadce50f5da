"""The page on the close: what it takes, what it has changed since, what is open, and what the books can be held to."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import Any

import pandas as pd
from great_tables import GT

from tieout.charts import wording
from tieout.reporting import tables
from tieout.reporting.exhibits import exhibit
from tieout.reporting.facts import Facts
from tieout.reporting.head import head
from tieout.reporting.passage import Opening, Passage, paragraphs

SHOWN = 15


def opening(facts: Facts) -> Opening:
    """Warnings if there are any, and what is open of the period."""
    row = _month(facts, "close")
    count = int(row["open_exceptions"])
    open_now = f"{wording.counted(count, 'exception')} {'is' if count == 1 else 'are'} open"
    headline = f"{facts.title}: {open_now if count else 'no exception is open'}"
    return head(facts, "The close", headline, paragraphs(_closed(facts, row), _restated(facts, row)))


def _closed(facts: Facts, row: dict[str, Any]) -> str:
    if wording.is_missing(row["days_to_close"]):
        return f"{facts.title} is not closed."
    late = f"{row['late_entries']:,} journals were booked into it afterwards" if row["late_entries"] else ""
    return f"It was closed {row['days_to_close']} days after its end{f'; {late}' if late else ''}."


def _restated(facts: Facts, row: dict[str, Any]) -> str:
    if wording.is_missing(row["restated"]):
        return "Nothing was reported yet that could be restated."
    first, corrected = (facts.money(row[f"{book}_gross_profit"]) for book in ("first_reported", "corrected"))
    change = facts.signed(row["restated"])
    return f"Gross profit was first reported as {first}; corrected, it is {corrected} ({change})."


def work(facts: Facts) -> Passage:
    """How many hours the differences take by estimate, and how many people noted."""
    row = _month(facts, "labour_rates")
    estimate = (
        f"By estimate, the differences of {facts.title} are {wording.counted(row['exceptions'], 'task')}, each clears "
        f"all exceptions of one origin; with {wording.counted(row['manual_entries'], 'manual entry')} they take "
        f"{row['hours']:,.0f} hours ({facts.money(row['cost'])}): assumed minutes × a rate, no ledger money."
    )
    share, hours = row["avoidable_share"], row["measured_hours"]
    avoidable = "" if wording.is_missing(share) or not share else wording.percent(share)
    noted = "" if wording.is_missing(hours) else f"{hours:,.0f} hours ({facts.money(row['measured_cost'])})"
    return Passage(
        paragraphs(
            estimate,
            avoidable and f"{avoidable} of that work has evidence A or B: a rule could have done it.",
            f"People noted {noted} in the close log." if noted else "No hours were noted in a close log.",
        )
    )


def growth(facts: Facts) -> Passage:
    """Whether distortion and uncertainty grow faster than sales."""
    trend = facts.company.growth_trend()
    known = {str(row["measure"]): row for row in trend[trend["direction"].notna()].to_dict("records")}
    if not known:
        return Passage(paragraphs("There are too few complete periods to tell a trend (four are needed)."))
    names = {"revenue": "Distortion for each unit of revenue", "range_width": "The range of gross profit ÷ revenue"}
    texts = [
        f"{name}: {row['direction']} over {row['n']} periods ({wording.chance(row['p_value'])})."
        for measure, name in names.items()
        if (row := known.get(measure))
    ]
    return Passage(paragraphs(*texts))


def listed(facts: Facts) -> Passage:
    """What of the open exceptions the list beside the picture holds."""
    count = int(_month(facts, "close")["open_exceptions"])
    if count == 0:
        return Passage(paragraphs(f"No exception of {facts.title} is open."))
    what = f"all {count:,}" if count <= SHOWN else f"the {SHOWN} oldest and largest of {count:,}"
    return Passage(paragraphs(f"The list has {what} of {facts.title}; the picture has those of all periods."))


def work_list(facts: Facts) -> GT:
    """The oldest and largest open exceptions of the period."""
    listed = facts.company.exceptions(start=facts.period, end=facts.period)[:SHOWN]
    cells = {
        ("", "Event"): [str(event) for event in listed["event_id"]],
        ("", "Days open"): [f"{age:,}" for age in listed["age_days"]],
        ("", "Amount"): [facts.exact(amount) for amount in listed["amount"]],
        ("", "Evidence"): [str(level) for level in listed["evidence"]],
        ("", "Work"): [str(work) for work in listed["work"]],
        ("", "Review"): [_review(row) for row in listed.to_dict("records")],
    }
    return tables.statement("exceptions", [facts.titles.get(cause, cause) for cause in listed["cause"]], cells)


def _review(row: dict[Hashable, Any]) -> str:
    to = "" if wording.is_missing(row["assigned_to"]) else f" to {row['assigned_to']}"
    until = "" if wording.is_missing(row["expires_on"]) else f", until {row['expires_on']}"
    return f"{row['review']}{to}{until}"


_REVIEWS = {
    "accepted": "Accepted: to be booked", "rejected": "Rejected: the ledger is right", "assigned": "Assigned",
    "overdue": "Overdue: the decision's time is over", "changed": "Changed since it was decided",
    "open": "Not decided",
}  # fmt: skip


def reviewed(facts: Facts) -> Passage:
    """How many cases of the period were accepted, rejected, assigned or left, and the money in each."""
    cases = facts.company.review_list(start=facts.period, end=facts.period)
    if not (cases["review"] != "open").any():
        return Passage(paragraphs(f"Nothing of {facts.title} was decided yet; tieout review writes the list for that."))
    kinds = {review: title for review, title in _REVIEWS.items() if (cases["review"] == review).any()}
    amounts = [cases.loc[cases["review"] == review, "amount"] for review in kinds]
    cells = {
        ("", "Exceptions"): [f"{len(amount):,}" for amount in amounts],
        ("", "Amount"): [facts.exact(sum(amount, Decimal(0))) for amount in amounts],
    }
    return exhibit(facts, "review_list", tables.statement("review", list(kinds.values()), cells))


def restatements(facts: Facts) -> Passage:
    """The published figures of all periods that are others now: what was signed off, what it is, and why."""
    changed = facts.company.restatements()
    changed = changed[~changed["is_signed_off"]]
    if changed.empty:
        signed = len(set(facts.company.sign_offs()["period"]))
        none = "No period is signed off, so that no figure can be restated."
        periods = wording.counted(signed, "period")
        return Passage(paragraphs(f"All figures of {periods} are as they were signed off." if signed else none))
    count, most = len(changed), changed.iloc[changed["difference"].abs().argsort(kind="stable")[::-1][:SHOWN]]
    which = "" if count <= SHOWN else f", of which the {SHOWN} largest changes are shown"
    names = [
        f"{wording.period_title(period)}, {_figure(figure)}, {tables.BOOKS[book].lower()}"
        for period, figure, book in zip(most["period"], most["figure"], most["book"], strict=True)
    ]
    cells = {
        ("", "Published"): [facts.exact(amount) for amount in most["published"]],
        ("", "Now"): [facts.exact(amount) for amount in most["now"]],
        ("", "Difference"): [facts.exact(amount) for amount in most["difference"]],
        ("", "Mostly by"): [facts.titles.get(reason, reason) for reason in most["reason"]],
        ("", "Signed off by"): [f"{row.preparer}, {row.reviewer}" for row in most.itertuples()],
    }
    said = f"{wording.counted(count, 'published figure')} changed after the sign-off{which}."
    return Passage(
        paragraphs(said) + exhibit(facts, "restatements", tables.statement("restatements", names, cells)).html
    )


def _figure(name: str) -> str:
    return tables.LINES.get(name, name).removeprefix("less ").lower()


def integrity(facts: Facts) -> GT:
    """Each fact with its figure, what it is a part of, and whether it is as it must be."""
    table = facts.company.integrity()
    verdicts = ["" if wording.is_missing(holds) else "yes" if holds else "no" for holds in table["holds"]]
    cells = {
        ("", "Value"): [_value(facts, row) for row in table.to_dict("records")],
        ("", "Of"): [f"{count:,}" for count in table["n"]],
        ("", "As it must be"): verdicts,
    }
    return tables.statement("integrity", [fact.replace("_", " ").capitalize() for fact in table["fact"]], cells)


def _value(facts: Facts, row: dict[Hashable, Any]) -> str:
    if wording.is_missing(row["value"]):
        return str(row["reason"])
    if row["unit"] == "share":
        return wording.percent(float(row["value"]))
    return facts.money(row["value"]) if row["unit"] == "money" else f"{row['value']:,.0f} {row['unit']}"


def _month(facts: Facts, name: str) -> dict[str, Any]:
    table: pd.DataFrame = facts.company.table(name, facts.period, facts.period)
    return dict(table.iloc[0])
