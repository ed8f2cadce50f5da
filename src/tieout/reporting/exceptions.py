"""The drill-down: what is open by cause, and each scenario of daily trade as a story with its rows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal

import pandas as pd
from great_tables import GT
from markupsafe import Markup

from tieout.charts import wording
from tieout.reporting import stories, tables
from tieout.reporting.facts import Facts
from tieout.reporting.head import head
from tieout.reporting.passage import Opening, Passage, paragraphs

CAUSES, STORIES = 12, 5  # how many are shown


def opening(facts: Facts, focus: str = "") -> Opening:
    """Warnings if there are any, then how much is open, or of the one thing that ``focus`` names."""
    cases = chosen(facts, focus) if focus else _open(facts)
    subject = _name(facts, focus) if focus else facts.title
    if cases.empty:
        return head(facts, f"Exceptions, {facts.title}", f"{subject}: nothing is open")
    count = len(cases)
    headline = f"{subject}: {wording.counted(count, 'exception')} {'is' if count == 1 else 'are'} open"
    by_scenario = cases.groupby("scenario_title")["amount"].sum().astype(object)
    largest = max(sorted(by_scenario.index), key=by_scenario.__getitem__)
    return head(
        facts, f"Exceptions, {facts.title}", headline,
        paragraphs(
            f"Most of the money: {largest.lower()} ({facts.money(by_scenario[largest])} of "
            f"{facts.money(_sum(cases['amount']))}, debits and credits of the correcting lines). "
            f"The oldest has been open for {wording.counted(int(cases['age_days'].max()), 'day')}."
        ),
    )  # fmt: skip


def chosen(facts: Facts, focus: str = "") -> pd.DataFrame:
    """The open exceptions to tell, the largest first, as ``exceptions`` with titles and scenarios.

    Without ``focus`` the largest of each scenario of the period; else those of the cause in the period, or of the event,
    journal, order or correction, whenever it was. Raises ``UnknownId`` for what the run does not know.
    """
    if focus in facts.titles:
        cases = _open(facts)
        return cases[cases["cause"] == focus]
    if focus:
        known = facts.company.explain(focus)
        events = set(known.loc[known["section"] == "correction", "event_id"]) | {focus}
        cases = _titled(facts, facts.company.exceptions())
        return cases[cases["event_id"].isin(events) | (cases["origin_event_id"] == focus)]
    return _open(facts).drop_duplicates("scenario")


def by_cause(facts: Facts) -> GT | Passage:
    """The causes with open exceptions: how many, how much, what they add to profit, how old."""
    cases = _open(facts)
    if cases.empty:
        return Passage(paragraphs(f"No exception of {facts.title} is open."))
    groups = cases.groupby("title").agg(
        count=("amount", "size"), amount=("amount", "sum"), profit=("net_profit", "sum"), age=("age_days", "max")
    )
    rows = sorted(groups.itertuples(), key=lambda row: (-row.amount, row.Index))
    lines = [(str(row.Index), int(row.count), row.amount, row.profit, int(row.age)) for row in rows[:CAUSES]]
    if rest := rows[CAUSES:]:
        lines.append((wording.counted(len(rest), "other cause"), *_total([(str(row.Index), *row[1:]) for row in rest])))
    lines.append(("All causes", *_total(lines)))
    cells = {
        ("", "Open"): [f"{line[1]:,}" for line in lines],
        ("", "Amount"): [facts.exact(line[2]) for line in lines],
        ("", "Adds to profit"): [facts.exact(line[3]) for line in lines],
        ("", "Oldest, days"): [f"{line[4]:,}" for line in lines],
    }
    last = len(lines) - 1
    return tables.statement("causes", [line[0] for line in lines], cells, sums=[last], totals=[last])


def _total(lines: list[tuple[str, int, Decimal, Decimal, int]]) -> tuple[int, Decimal, Decimal, int]:
    return (
        sum(line[1] for line in lines), _sum([line[2] for line in lines]), _sum([line[3] for line in lines]),
        max(line[4] for line in lines),
    )  # fmt: skip


def told(facts: Facts, focus: str = "") -> Passage:
    """The stories: one a scenario, or those of ``focus``."""
    cases = chosen(facts, focus)
    if cases.empty:
        what = f"Nothing is open of {_name(facts, focus) if focus else facts.title}"
        return Passage(paragraphs(f"{what}.", f"All that is known about it: tieout explain {focus}" if focus else ""))
    shown = cases.head(STORIES) if focus else cases
    more = len(cases) - len(shown)
    numbered = enumerate(shown.to_dict("records"), start=1)
    html = Markup("").join(
        stories.story(facts, {**case, "share": _share(facts, case, bool(focus))}, number) for number, case in numbered
    )
    rest = f"{wording.counted(more, 'smaller exception')} not told here." if more else ""
    return Passage(html + paragraphs(rest))


def _share(facts: Facts, case: Mapping[Hashable, Any], is_focus: bool) -> str:
    """How large the exception is beside the others of its scenario."""
    others = _open(facts)
    others = others[others["scenario"] == case["scenario"]]
    amount = facts.money(case["amount"])
    if is_focus or len(others) == 1:
        return f"{case['title']}, {amount}, open for {wording.counted(int(case['age_days']), 'day')}."
    return f"The largest of {len(others):,} open: {amount} of {facts.money(_sum(others['amount']))}."


def absent(facts: Facts) -> Passage:
    """The scenarios of which nothing is open, in one line."""
    causes = facts.company.causes()
    causes = causes[~causes["family"].isin(["not_an_error", "unknown"])]
    present = set(_open(facts)["scenario"])
    titles = dict(zip(causes["scenario"], causes["scenario_title"], strict=True))
    missing = sorted(str(title).lower() for scenario, title in titles.items() if scenario not in present)
    if not missing:
        return Passage(paragraphs("Every scenario that tieout knows has something open in this period."))
    return Passage(paragraphs(f"Nothing is open in {facts.title} of: {'; '.join(missing)}."))


def _open(facts: Facts) -> pd.DataFrame:
    """The period's open exceptions, the largest first, with title and scenario of their cause."""
    return _titled(facts, facts.company.exceptions(start=facts.period, end=facts.period))


def _titled(facts: Facts, cases: pd.DataFrame) -> pd.DataFrame:
    causes = facts.company.causes()[["cause", "title", "sentence", "scenario", "scenario_title", "root"]]
    titled = cases.merge(causes, on="cause")
    return titled.sort_values(["amount", "cause", "event_id"], ascending=[False, True, True], ignore_index=True)


def _name(facts: Facts, focus: str) -> str:
    return facts.titles.get(focus, focus)


def _sum(amounts: object) -> Decimal:
    return sum(list(amounts), Decimal(0))  # type: ignore[call-overload]
