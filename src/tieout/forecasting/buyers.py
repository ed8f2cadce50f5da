"""Buyers of one policy and one demand who differ in what they are told: which errors are in their records.

What errors are at work is a set of groups: of families of causes, and of what was not booked yet at the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import duckdb
import numpy as np
from numpy.typing import NDArray

from tieout.forecasting import histories
from tieout.forecasting.forecasts import Cache, FloatArray, Progress, forecast
from tieout.forecasting.purchasing import (
    PARTS,
    Course,
    Policy,
    Quantities,
    Start,
    plan_changes,
    settled,
    simulate,
    spreads,
    targets,
    whole,
)
from tieout.settings import Purchasing, Settings

# What a history lacks since it was booked after the origin: a group of its own, which moves no stock.
NOT_BOOKED_YET = "not_booked_yet"
OTHER = "other"

Set = frozenset[str]
NONE: Set = frozenset()

_ITEMS = """
    select sku, model, lead_time_weeks, pack_size::double, first_week - 1
    from forecast_items where status = 'forecast' order by sku
"""
_LATE = """
    select distinct item,
        unnest(range(greatest(week, first_week, $first), least(known_week, $last + 1)))::integer as origin
    from late_demand
    join (
        select sku, first_week, row_number() over (order by sku) - 1 as item
        from forecast_items
        where status = 'forecast'
    ) as items using (sku)
    order by all
"""


@dataclass(frozen=True)
class Case:
    """What all buyers share: n items over T weeks, each of which follows one of the ``origins`` (numbers of weeks).

    ``some``: which items these are of all that are forecast; ``actual`` (n, W): units asked for in truth, NaN before an
    item's ``first`` week; ``groups``: the families of causes of each; ``late``: the items, each with an origin at which
    something was not booked yet; ``reach``: weeks until an order comes and the next review, the longest of all items.
    """

    some: slice
    skus: tuple[str, ...]
    models: tuple[str, ...]
    first: NDArray[np.int64]
    origins: NDArray[np.int64]
    actual: FloatArray
    groups: dict[str, tuple[str, ...]]
    late: tuple[tuple[int, int], ...]
    reach: int
    policy: Policy

    @cached_property
    def demand(self) -> Quantities:
        """What is asked for in each week that is simulated, (n, T)."""
        return whole(np.nan_to_num(self.actual[:, self.origins]))

    def left(self, cover_days: int) -> Quantities:
        """What may lie there at the end, (n,): as many days' demand as stock is meant to cover."""
        cover: Quantities = np.rint(self.demand.mean(axis=1) * cover_days / 7).astype(np.int64)
        return cover

    def sets(self) -> Iterator[Set]:
        """Every set of groups."""
        return (frozenset(some) for size in range(len(self.groups) + 1) for some in combinations(self.groups, size))


def cases(connection: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[Case]:
    """The cases of the company that is loaded, of some items each; none where nothing is forecast."""
    scope = connection.execute("select last_origin, origins from forecast_scope where status = 'forecast'").fetchall()
    for last, number in scope:
        groups = {group[0] if len(group) == 1 else OTHER: group for group in histories.families(connection)}
        every = [family for group in groups.values() for family in group]
        late = connection.execute(_LATE, {"first": last - number + 1, "last": last}).fetchall()
        if late:
            groups[NOT_BOOKED_YET] = ()
        items = connection.execute(_ITEMS).fetchall()
        reach = max(lead for _, _, lead, *_ in items) + settings.purchasing.review_weeks
        for some in histories.batches(connection):
            within = tuple((item - some.start, origin) for item, origin in late if some.start <= item < some.stop)
            skus, models, lead, pack, first = zip(*items[some], strict=True)
            yield Case(
                some, skus, models, np.array(first), np.arange(last - number + 1, last + 1),
                histories.read(connection, every, some=some).demand, groups, within, reach,
                _policy(settings.purchasing, np.array(lead, np.int64), whole(np.array(pack))),
            )  # fmt: skip


def _policy(terms: Purchasing, lead_weeks: NDArray[np.int64], pack: Quantities) -> Policy:
    return Policy(
        lead_weeks,
        pack,
        terms.review_weeks,
        float(terms.service_level_percent) / 100,
        int(terms.lost_share_percent * PARTS / 100),
    )


@dataclass(frozen=True)
class Book:
    """Demand (n, W) with some errors at work, and by item and origin what of it was known then, where that is less."""

    demand: FloatArray
    as_of: dict[tuple[int, int], FloatArray]

    def history(self, item: int, first: int, origin: int) -> FloatArray:
        """One item's history from its first week up to an origin."""
        known = self.as_of.get((item, origin))
        return self.demand[item, first:origin] if known is None else known

    def spread(self, origins: NDArray[np.int64]) -> FloatArray:
        """How far demand is from its recent mean, as known at each origin: (n, T)."""
        known = spreads(self.demand)[:, origins - 1]
        for (item, origin), history in self.as_of.items():
            known[item, origins == origin] = spreads(history[None])[0, -1:]
        return known


@dataclass(frozen=True)
class Told:
    """What a buyer is told: the ``spread`` of demand and the ``stock`` on hand (n, T), and forecasts.

    These are at ``places`` (n, T) of all that were ``made`` (m, h): most are shared by most buyers.
    """

    made: FloatArray
    places: NDArray[np.int64]
    spread: FloatArray
    stock: Quantities

    @property
    def forecasts(self) -> FloatArray:
        """(n, T, h)."""
        return self.made[self.places]


def tell(
    connection: duckdb.DuckDBPyConnection, settings: Settings, case: Case, cache: Cache, progress: Progress
) -> dict[Set, Told]:
    """What each buyer is told, by the set of groups that are at work in the records."""
    books: dict[Set, Book] = {}
    stocks: dict[Set, Quantities] = {}
    late = [(case.skus[item], origin) for item, origin in case.late]
    for at_work in case.sets():
        corrected = [family for name, group in case.groups.items() if name not in at_work for family in group]
        if NOT_BOOKED_YET in at_work:  # stock is known at its own date all the same
            booked = at_work - {NOT_BOOKED_YET}
            known = histories.read_as_of(connection, corrected, late)
            books[at_work] = Book(books[booked].demand, dict(zip(case.late, known, strict=True)))
            stocks[at_work] = stocks[booked]
        else:
            read = histories.read(connection, corrected, some=case.some)
            books[at_work] = Book(read.demand, {})
            stocks[at_work] = whole(np.nan_to_num(read.on_hand[:, case.origins - 1]))
    made, places = _forecasts(settings, case, list(books.values()), cache, progress)
    return {
        at_work: Told(made, places[number], book.spread(case.origins), stocks[at_work])
        for number, (at_work, book) in enumerate(books.items())
    }


def _forecasts(
    settings: Settings, case: Case, books: Sequence[Book], cache: Cache, progress: Progress
) -> tuple[FloatArray, NDArray[np.int64]]:
    """Those made (m, h), and where each book's are (books, n, T): most books leave an item's history as it is."""
    places = np.empty((len(books), len(case.models), len(case.origins)), np.int64)
    distinct: list[FloatArray] = []
    models: list[str] = []
    late = set(case.late)
    apart = [[number] for number in range(len(books))]
    for item, (model, first) in enumerate(zip(case.models, case.first.tolist(), strict=True)):
        alike: dict[bytes, list[int]] = {}
        for number, book in enumerate(books):
            alike.setdefault(book.demand[item].tobytes(), []).append(number)
        for moment, origin in enumerate(case.origins.tolist()):
            seen: dict[bytes, int] = {}
            for numbers in apart if (item, origin) in late else alike.values():
                history = books[numbers[0]].history(item, first, origin)
                place = seen.setdefault(history.tobytes(), len(distinct))
                if place == len(distinct):
                    distinct.append(history)
                    models.append(model)
                places[numbers, item, moment] = place
    terms = settings.forecast
    made = forecast(distinct, models, terms.horizon_weeks, cache, terms.season_weeks, progress=progress)
    return np.nan_to_num(made), places


@dataclass(frozen=True)
class Buyers:
    """The courses of all buyers: each is told its forecast with some errors at work, its stock with others."""

    case: Case
    told: dict[Set, Told]

    def course(self, history: Set, stock: Set) -> Course:
        """What happens to the buyer with these groups at work in history and stock."""
        told = self.told[history]
        error = self.told[stock].stock - self.told[NONE].stock
        target = targets(told.forecasts, told.spread, self.case.policy)
        return simulate(target, error, self.case.demand, self.start, self.case.policy)

    def plan_changes(self, course: Course, history: Set) -> Quantities:
        """How far that buyer's successive plans of orders differ, (n, T)."""
        told = self.told[history]
        return plan_changes(course, told.forecasts, told.spread, self.case.policy)

    def oracle(self) -> tuple[Course, Quantities]:
        """What happens to a buyer who knows what will be asked for, and how far its plans differ: both (n, T)."""
        forecasts, policy = self._foreseen(), self.case.policy
        certain = np.zeros(forecasts.shape[:2])
        target = targets(forecasts, certain, policy)
        course = simulate(target, np.zeros_like(target), self.case.demand, self.start, policy)
        return course, plan_changes(course, forecasts, certain, policy)

    def _foreseen(self) -> FloatArray:
        """What will be asked for, (n, T, weeks); beyond the history, as forecast from it corrected."""
        corrected, actual = self.told[NONE].forecasts, np.nan_to_num(self.case.actual)
        ahead = np.arange(max(corrected.shape[2], self.case.reach))
        week = self.case.origins[:, None] + ahead
        future = corrected[:, :, np.minimum(ahead, corrected.shape[2] - 1)]
        return np.where(week < actual.shape[1], actual[:, np.minimum(week, actual.shape[1] - 1)], future)

    @cached_property
    def start(self) -> Start:
        """Where all begin: as the buyer whose records are right would have long been."""
        told = self.told[NONE]
        return settled(targets(told.forecasts, told.spread, self.case.policy), told.forecasts, self.case.policy)
