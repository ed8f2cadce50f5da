"""The drill-down: what is open by cause, and each scenario of daily trade as a story with its rows."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
from great_tables import GT
from markupsafe import Markup

from tieout.charts import wording
from tieout.reporting import stories, tables
from tieout.reporting.facts import Facts
from tieout.reporting.head import head
from tieout.reporting.passage import Opening, Passage, paragraphs

CAUSES, STORIES = 12, 5  # how many are shown


@dataclass(frozen=True)
class Exceptions:
    """What is open in the period, and what of it (or of any period) is told; the largest first, with titles."""

    facts: Facts
    focus: str
    here: pd.DataFrame
    all: pd.DataFrame
    told: pd.DataFrame

    @property
    def subject(self) -> str:
        """What the page is about: the period, or what ``focus`` names."""
        return self.facts.titles.get(self.focus, self.focus) or self.facts.title


def read(facts: Facts, focus: str = "") -> Exceptions:
    """The open exceptions, and those to tell.

    Without ``focus`` the largest of each scenario of the period; else those of the cause in the period, or of the
    event, journal, order or correction, whenever it was. Raises ``UnknownId`` for what the run does not know.
    """
    causes = facts.company.causes()[["cause", "title", "sentence", "scenario", "scenario_title", "root"]]
    cases = facts.company.exceptions().merge(causes, on="cause")
    cases = cases.sort_values(["amount", "cause", "event_id"], ascending=[False, True, True], ignore_index=True)
    here = cases[cases["period"] == facts.period]
    if focus in facts.titles:
        told = here[here["cause"] == focus]
    elif focus:
        known = facts.company.explain(focus)
        events = {*known.loc[known["section"] == "correction", "event_id"], focus}
        told = cases[cases["event_id"].isin(events) | (cases["origin_event_id"] == focus)]
    else:
        told = here.drop_duplicates("scenario")
    return Exceptions(facts, focus, here, cases, told)


def opening(exceptions: Exceptions) -> Opening:
    """Warnings if there are any, then how much is open, or of the one thing that is asked for."""
    facts, cases = exceptions.facts, exceptions.told if exceptions.focus else exceptions.here
    page = f"Exceptions, {facts.title}"
    if cases.empty:
        return head(facts, page, f"{exceptions.subject}: nothing is open")
    count = len(cases)
    headline = f"{exceptions.subject}: {wording.counted(count, 'exception')} {'is' if count == 1 else 'are'} open"
    sums = {str(title): _sum(group["amount"]) for title, group in cases.groupby("scenario_title")}
    largest = min(sums, key=lambda title: (-sums[title], title))
    text = (
        f"Most of the money: {wording.inside(largest)} ({facts.money(sums[largest])} of "
        f"{facts.money(_sum(cases['amount']))}, debits and credits of the correcting lines). The oldest has been open "
        f"for {wording.counted(int(cases['age_days'].max()), 'day')}."
    )
    return head(facts, page, headline, paragraphs(text))


def by_cause(exceptions: Exceptions) -> GT | Passage:
    """The period's causes with open exceptions: how many, how much, what they add to profit, how old."""
    facts, cases = exceptions.facts, exceptions.here
    if cases.empty:
        return Passage(paragraphs(f"No exception of {facts.title} is open."))
    rows = [_line(str(title), group) for title, group in cases.groupby("title")]
    rows.sort(key=lambda row: (-row.amount, row.name))
    shown, rest = rows[:CAUSES], rows[CAUSES:]
    if rest:
        shown.append(_together(wording.counted(len(rest), "other cause"), rest))
    shown.append(_together("All causes", rows))
    cells = {
        ("", "Open"): [f"{row.count:,}" for row in shown],
        ("", "Amount"): [facts.exact(row.amount) for row in shown],
        ("", "Adds to profit"): [facts.exact(row.profit) for row in shown],
        ("", "Oldest, days"): [f"{row.days:,}" for row in shown],
    }
    last = len(shown) - 1
    return tables.statement("causes", [row.name for row in shown], cells, sums=[last], totals=[last])


@dataclass(frozen=True)
class _Line:
    """Open exceptions summed: their money, what it adds to profit, the age of the oldest in days."""

    name: str
    count: int
    amount: Decimal
    profit: Decimal
    days: int


def _line(name: str, cases: pd.DataFrame) -> _Line:
    return _Line(name, len(cases), _sum(cases["amount"]), _sum(cases["net_profit"]), int(cases["age_days"].max()))


def _together(name: str, lines: Sequence[_Line]) -> _Line:
    return _Line(
        name,
        sum(line.count for line in lines),
        _sum(line.amount for line in lines),
        _sum(line.profit for line in lines),
        max(line.days for line in lines),
    )


def told(exceptions: Exceptions) -> Passage:
    """The stories."""
    facts, cases, focus = exceptions.facts, exceptions.told, exceptions.focus
    if cases.empty:
        more = f"All that is known about it: tieout explain {focus}" if focus else ""
        return Passage(paragraphs(f"Nothing is open of {exceptions.subject}.", more))
    shown = cases.head(STORIES) if focus else cases
    numbered = enumerate(shown.to_dict("records"), start=1)
    html = Markup("").join(stories.story(facts, _beside(exceptions, case), number) for number, case in numbered)
    rest = len(cases) - len(shown)
    return Passage(html + paragraphs(f"{wording.counted(rest, 'smaller exception')} not told here." if rest else ""))


def _beside(exceptions: Exceptions, case: dict[Hashable, Any]) -> dict[Hashable, Any]:
    """The case, with what it is among the others of its scenario, and what else began where it did, in words."""
    facts, every = exceptions.facts, exceptions.all
    others = exceptions.here[exceptions.here["scenario"] == case["scenario"]]
    amount, days = facts.money(case["amount"]), wording.counted(int(case["age_days"]), "day")
    share = f"The largest of {len(others):,} open: {amount} of {facts.money(_sum(others['amount']))}."
    if exceptions.focus or len(others) == 1:
        share = f"{amount}, open for {days}."
    origin = case["origin_event_id"]
    if wording.is_missing(origin) or origin == case["event_id"]:
        return {**case, "share": share, "began": ""}
    same = every[(every["origin_event_id"] == origin) & (every["cause"] == case["cause"])]
    behind = f"{wording.counted(len(same), 'exception')} ({facts.money(_sum(same['amount']))})"
    return {**case, "share": share, "began": f"It began with {origin}, behind {behind}."}


def absent(exceptions: Exceptions) -> Passage:
    """The scenarios of which nothing is open, in one line."""
    causes = exceptions.facts.company.causes()
    titles = dict(zip(causes["scenario"], causes["scenario_title"], strict=True))
    present = {*exceptions.here["scenario"], "no_error", "open"}
    missing = sorted(str(title).lower() for scenario, title in titles.items() if scenario not in present)
    if not missing:
        return Passage(paragraphs("Every scenario that tieout knows has something open in this period."))
    return Passage(paragraphs(f"Nothing is open in {exceptions.facts.title} of: {'; '.join(missing)}."))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
