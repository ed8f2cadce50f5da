"""What wrong records make a buyer do, what it costs, and whose fault it is: the tables of purchasing.

Arms: two letters, the history that is forecast from and the stock that is counted on, each R(ecorded) or C(orrected);
O, the oracle, knows what will be asked for. RR − CC is the effect of the errors, CC − O what forecasting itself costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from tieout.forecasting.attribution import Amounts, bootstrap, shapley_by_channel
from tieout.forecasting.buyers import NONE, Buyers, Case, Set, cases, tell
from tieout.forecasting.forecasts import Cache, Progress
from tieout.forecasting.purchasing import Course, Quantities
from tieout.settings import Settings
from tieout.store import create_table, sql_text

# The amounts of purchasing_items.
MEASURES = (
    "overstock_amount", "understock_amount", "orders_changed_amount", "lost_margin", "carrying_cost", "terminal_cost",
    "expedite_cost", "change_cost", "cost",
)  # fmt: skip
TABLES = (
    "purchasing_weeks", "purchasing_items", "purchasing", "purchasing_arms", "purchasing_causes", "purchasing_cost",
)  # fmt: skip
_COURSE = (*Course.__dataclass_fields__, "asked", "plan_change")
_OUTCOME = ("overstock", "understock", "orders_changed", "lost", "stock", "left_over", "expedites", "lines_changed")
_ROWS = 1_000_000  # buyers and items that are valued at once
_EFFECT = ("amount", "history_amount", "stock_amount", "low", "high")

Values = dict[tuple[Set, Set], Amounts]
_Rows = dict[str, Any]


def make(connection: duckdb.DuckDBPyConnection, settings: Settings, known: Cache, progress: Progress) -> None:
    """Make the tables of ``TABLES``; without rows where nothing is forecast."""
    courses: list[_Rows] = []
    outcomes: list[_Rows] = []
    causes: list[_Rows] = []
    cost: list[_Rows] = []
    parts: list[Amounts] = []
    errors: list[Amounts] = []
    for case in cases(connection, settings):
        buyers = Buyers(case, tell(connection, settings, case, known, progress))
        progress("simulating purchases")
        arms = _arms(buyers)
        courses += [_course_rows(case, arm, course, changes) for arm, (course, changes) in arms.items()]
        left = case.left(settings.inventory.cover_days)
        outcomes += [_outcome_rows(case, arm, course, arms["CC"][0], left) for arm, (course, _) in arms.items()]
        values = _values(connection, buyers, left)
        every = frozenset(case.groups)
        parts.append(_split(tuple(case.groups), values))
        errors.append(values[every, every] - values[NONE, NONE])
    if parts:
        split = np.concatenate(parts, axis=-1)
        causes = _by_cause(case.groups, split)
        cost = _in_all(np.concatenate(errors, axis=-1), split, _money(connection, outcomes))
    with _rows(connection, "courses", courses, ("arm", "item", "week", *_COURSE)):
        create_table(connection, "forecasting/purchasing_weeks")
    with _rows(connection, "outcomes", outcomes, ("arm", "item", "weeks", *_OUTCOME)):
        create_table(connection, "forecasting/purchasing_items")
    for name in ("purchasing", "purchasing_arms"):
        create_table(connection, f"forecasting/{name}")
    with _rows(connection, "effects", causes, ("measure", "cause", "families", *_EFFECT)):
        create_table(connection, "forecasting/purchasing_causes")
    with _rows(connection, "effects", cost, ("comparison", "measure", *_EFFECT)):
        create_table(connection, "forecasting/purchasing_cost")


def _arms(buyers: Buyers) -> dict[str, tuple[Course, Quantities]]:
    """The course of each arm, and by how much its plans change from week to week."""
    every = frozenset(buyers.case.groups)
    arms = {"RR": (every, every), "RC": (every, NONE), "CR": (NONE, every), "CC": (NONE, NONE)}
    courses = {arm: buyers.course(*at_work) for arm, at_work in arms.items()}
    made = {arm: (course, buyers.plan_changes(course, arms[arm][0])) for arm, course in courses.items()}
    return {**made, "O": buyers.oracle()}


def _course_rows(case: Case, arm: str, course: Course, changes: Quantities) -> _Rows:
    items, weeks = case.demand.shape
    columns = {**vars(course), "asked": case.demand, "plan_change": changes}
    return {
        "arm": np.full(items * weeks, arm),
        "item": np.repeat(case.some.start + np.arange(items), weeks),
        "week": np.tile(case.origins + 1, items),
        **{name: columns[name].ravel() for name in _COURSE},
    }


def _outcome_rows(case: Case, arm: str, course: Course, base: Course, left: Quantities) -> _Rows:
    """What a course comes to, per item, beside the one whose records are right: unit weeks, units and numbers."""
    more = course.on_hand - base.on_hand
    is_late = (course.short > 0) & (course.on_order > 0)
    items, weeks = more.shape
    quantities = (
        np.maximum(more, 0).sum(axis=1),
        np.maximum(-more, 0).sum(axis=1),
        np.abs(course.orders - base.orders).sum(axis=1),
        course.lost.sum(axis=1),
        course.on_hand.sum(axis=1),
        np.maximum(course.on_hand[:, -1] - left, 0),
        is_late.sum(axis=1),
        (course.orders != base.orders).sum(axis=1),
    )
    names = {"arm": np.full(items, arm), "item": case.some.start + np.arange(items), "weeks": np.full(items, weeks)}
    return names | dict(zip(_OUTCOME, quantities, strict=True))


def _values(connection: duckdb.DuckDBPyConnection, buyers: Buyers, left: Quantities) -> Values:
    """What each pair of sets at work comes to, in minor units: (measures, items); only pairs that channels ask for."""
    every = frozenset(buyers.case.groups)
    sets = list(buyers.case.sets())
    pairs = list(
        dict.fromkeys(pair for one in sets for other in (NONE, every) for pair in ((one, other), (other, one)))
    )
    base = buyers.course(NONE, NONE)
    values: Values = {}
    many = max(_ROWS // len(left), 1)
    for some in (pairs[start : start + many] for start in range(0, len(pairs), many)):
        outcomes = [
            _outcome_rows(buyers.case, f"{number:05}", buyers.course(*pair), base, left)
            for number, pair in enumerate(some)
        ]
        values.update(zip(some, _money(connection, outcomes).values(), strict=True))
    return values


def _money(connection: duckdb.DuckDBPyConnection, outcomes: Sequence[_Rows]) -> dict[str, Amounts]:
    """What ``purchasing_items`` makes of outcomes, in minor units: (measures, items) by arm, in the order of names."""
    columns = ", ".join(f"minor_units({name}) as {name}" for name in MEASURES)
    with _rows(connection, "outcomes", outcomes, ("arm", "item", "weeks", *_OUTCOME)):
        query = f"select {columns} from ({sql_text('forecasting/purchasing_items')}) order by arm, sku"
        table = connection.sql(query).to_arrow_table()
    arms = sorted({str(rows["arm"][0]) for rows in outcomes})
    amounts = np.stack([table[name].to_numpy().reshape(len(arms), -1) for name in MEASURES], axis=1)
    return dict(zip(arms, amounts, strict=True))


def _split(groups: Sequence[str], values: Values) -> Amounts:
    return shapley_by_channel(groups, lambda history, stock: values[history, stock])


def _by_cause(groups: dict[str, tuple[str, ...]], parts: Amounts) -> list[_Rows]:
    """Per group of causes and measure, what it does: through what is forecast and through what is counted on."""
    low, high = bootstrap(parts.sum(axis=1))
    sums = parts.sum(axis=-1)
    return [
        {
            "measure": list(MEASURES),
            "cause": [group] * len(MEASURES),
            "families": [", ".join(families) or None] * len(MEASURES),
        }
        | dict(zip(_EFFECT, (sums[place].sum(axis=0), *sums[place], low[place], high[place]), strict=True))
        for place, (group, families) in enumerate(groups.items())
    ]


def _in_all(errors: Amounts, parts: Amounts, arms: dict[str, Amounts]) -> list[_Rows]:
    """What all errors do (RR − CC), and beside it what a forecast costs that cannot know (CC − O)."""
    forecast = arms["CC"] - arms["O"]
    # What is more than the oracle has is what the oracle has less than it.
    over, under, changed = (MEASURES.index(name) for name in MEASURES[:3])
    forecast[[over, under, changed]] = arms["O"][[under, over, changed]]
    by_channel = parts.sum(axis=(0, -1))
    unsplit = [None] * len(MEASURES)
    return [
        {"comparison": [name] * len(MEASURES), "measure": list(MEASURES)}
        | dict(zip(_EFFECT, (effects.sum(axis=-1), *channels, *bootstrap(effects)), strict=True))
        for name, effects, channels in (("errors", errors, by_channel), ("forecast", forecast, (unsplit, unsplit)))
    ]


@contextmanager
def _rows(
    connection: duckdb.DuckDBPyConnection, name: str, batches: Sequence[_Rows], columns: Sequence[str]
) -> Iterator[None]:
    """Rows, column by column, that SQL reads under ``name``: names are text, all else is whole numbers."""
    texts = ("arm", "measure", "cause", "families", "comparison")
    schema = pa.schema([(column, pa.string() if column in texts else pa.int64()) for column in columns])
    connection.register(name, pa.concat_tables([schema.empty_table(), *(pa.table(rows, schema) for rows in batches)]))
    yield
    connection.unregister(name)
