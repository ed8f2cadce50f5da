"""A buyer who orders up to a level, week by week, by what the records say; what happens, by what is really there.

Every item at once, as arrays (n items, T weeks). Quantities are whole ten-thousandths of a unit, so that nothing is
lost or gained on the way. In each week, in this order: review and order, receive, serve what is owed, sell.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Quantities = NDArray[np.int64]
Floats = NDArray[np.float64]

PARTS = 10_000  # of a unit
_RECENT = 8  # weeks of the mean whose errors tell how uncertain demand is
_REMEMBERED = 52  # weeks that those errors reach back


@dataclass(frozen=True)
class Policy:
    """How orders are made: by item, ``lead_weeks`` and ``pack`` (whole packs are ordered); for all, the rest.

    ``service_level``: how often a cycle is meant to end without a shortage; ``lost_share``: ten-thousandths of what is
    short that is lost, while the rest waits.
    """

    lead_weeks: NDArray[np.int64]
    pack: Quantities
    review_weeks: int = 1
    service_level: float = 0.95
    lost_share: int = PARTS


@dataclass(frozen=True)
class Start:
    """What there is before the first week: ``on_hand`` (n,), and ``due`` (n, weeks), what comes in which week."""

    on_hand: Quantities
    due: Quantities


@dataclass(frozen=True)
class Course:
    """What happened, (n, T) each, at the review, over the week, and at its end: ``served`` also of what was owed."""

    position: Quantities
    orders: Quantities
    received: Quantities
    served: Quantities
    short: Quantities
    lost: Quantities
    on_hand: Quantities
    owed: Quantities
    on_order: Quantities


def whole(units: Floats) -> Quantities:
    """Units as ten-thousandths, rounded to the nearest."""
    return np.rint(units * PARTS).astype(np.int64)


def spreads(demand: Floats) -> Floats:
    """How far demand is from its recent mean, as known at the end of each week: shape (n, W) as ``demand``.

    The root of the mean square of the errors of the year before, each the week's demand less the mean of the 8 weeks
    before it (of those there are). ``demand`` is NaN before an item's first week; zero before there is an error.
    """
    is_known = ~np.isnan(demand)
    values = np.where(is_known, demand, 0.0)
    count = _trailing(is_known, _RECENT)[:, :-1]
    has_error = is_known[:, 1:] & (count > 0)
    errors = np.where(has_error, values[:, 1:] - _trailing(values, _RECENT)[:, :-1] / np.maximum(count, 1), 0.0)
    squares, number = _trailing(errors**2, _REMEMBERED), _trailing(has_error, _REMEMBERED)
    known = np.sqrt(np.maximum(squares, 0) / np.maximum(number, 1))
    return np.concatenate([np.zeros((len(demand), 1)), known], axis=1)


def _trailing(values: NDArray[np.generic], weeks: int) -> Floats:
    """The sum of the last ``weeks`` values, at each."""
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1, dtype=np.float64)], axis=1)
    before = np.maximum(np.arange(1, sums.shape[1]) - weeks, 0)
    recent: Floats = sums[:, 1:] - sums[:, before]
    return recent


def targets(forecasts: Floats, spread: Floats, policy: Policy, ahead: int = 0) -> Quantities:
    """The level to order up to in each week, (n, T): demand until the next order arrives, and a safety stock.

    S = Σ over lead + review weeks of the forecast + z · spread · √(lead + review). ``forecasts`` (n, T, h) of the
    demand of the week itself and those after it, the last one standing for all beyond; ``spread`` (n, T). ``ahead``:
    the level planned for so many weeks later.
    """
    span = policy.lead_weeks + policy.review_weeks
    safety = NormalDist().inv_cdf(policy.service_level) * spread * np.sqrt(span)[:, None]
    return whole(_demand_until(forecasts, span + ahead) - _demand_until(forecasts, np.full_like(span, ahead)) + safety)


def _demand_until(forecasts: Floats, weeks: NDArray[np.int64]) -> Floats:
    """The forecast demand of the first ``weeks`` (n,) weeks from each origin, (n, T)."""
    sums = np.concatenate([np.zeros((*forecasts.shape[:2], 1)), np.cumsum(forecasts, axis=2)], axis=2)
    horizon = forecasts.shape[2]
    inside = np.take_along_axis(sums, np.minimum(weeks, horizon)[:, None, None], axis=2)[:, :, 0]
    demand: Floats = inside + np.maximum(weeks - horizon, 0)[:, None] * forecasts[:, :, -1]
    return demand


def settled(target: Quantities, forecasts: Floats, policy: Policy) -> Start:
    """The start of a buyer who has long followed the policy: the first level, of which lead-time demand is on the way.

    ``target`` (n, T) and ``forecasts`` (n, T, h) of the books that are right: every buyer starts with the same goods.
    """
    longest = int(policy.lead_weeks.max(initial=0))
    sums = np.stack([_demand_until(forecasts[:, :1], np.full_like(policy.lead_weeks, week))[:, 0]
                     for week in range(longest + 1)], axis=1)  # fmt: skip
    in_packs = np.rint(whole(sums) / policy.pack[:, None]).astype(np.int64) * policy.pack[:, None]
    due = np.where(np.arange(longest) < policy.lead_weeks[:, None], np.diff(in_packs, axis=1), 0)
    return Start(np.maximum(target[:, 0] - due.sum(axis=1), 0), due)


def simulate(target: Quantities, stock_error: Quantities, demand: Quantities, start: Start, policy: Policy) -> Course:
    """The course of n items over T weeks, all quantities in ten-thousandths.

    Args:
        target: (n, T), the level to order up to, as the buyer sees it.
        stock_error: (n, T), recorded − real stock at each review.
        demand: (n, T), what customers really ask for.
        start: What there is before the first week.
        policy: How orders are made.

    Returns:
        The course. Stock is never below zero. A week's order comes ``lead_weeks`` later, before that week's sales.
    """
    items, weeks = demand.shape
    names = Course.__dataclass_fields__
    course = Course(**{name: np.zeros((items, weeks), np.int64) for name in names})
    due = np.zeros((items, weeks + max(start.due.shape[1], int(policy.lead_weeks.max(initial=0)) + 1)), np.int64)
    due[:, : start.due.shape[1]] = start.due
    on_hand, owed, on_order = start.on_hand.copy(), np.zeros(items, np.int64), start.due.sum(axis=1)
    every = np.arange(items)
    for week in range(weeks):
        position = on_hand + stock_error[:, week] + on_order - owed
        order = _order(target[:, week], position, policy.pack) if week % policy.review_weeks == 0 else 0 * position
        due[every, week + policy.lead_weeks] += order
        received = due[:, week]
        on_hand, on_order = on_hand + received, on_order + order - received
        made_good = np.minimum(on_hand, owed)
        sold = np.minimum(on_hand - made_good, demand[:, week])
        short = demand[:, week] - sold
        lost = short * policy.lost_share // PARTS
        on_hand, owed = on_hand - made_good - sold, owed - made_good + short - lost
        happened = (position, order, received, made_good + sold, short, lost, on_hand, owed, on_order)
        for name, values in zip(names, happened, strict=True):
            getattr(course, name)[:, week] = values
    return course


def _order(target: Quantities, position: Quantities, pack: Quantities) -> Quantities:
    """Whole packs that bring the position to the target or just beyond."""
    orders: Quantities = -(-np.maximum(target - position, 0) // pack) * pack
    return orders


def plan_changes(course: Course, forecasts: Floats, spread: Floats, policy: Policy) -> Quantities:
    """By how much each week's plan of orders differs from the plan of the week before, (n, T).

    A plan holds the order of the week and those that would follow if demand were as forecast, one for each week of the
    horizon. Week k has Σ over t of |Q(t, k) − Q(t, k − 1)|, of the weeks t that both plans hold (Sridharan, Berry and
    Udayabhanu 1988); the first week has none.
    """
    weeks, horizon = forecasts.shape[1:]
    plans = np.zeros((*forecasts.shape[:2], horizon), np.int64)
    position = course.position
    for ahead in range(horizon):
        is_review = (np.arange(weeks) + ahead) % policy.review_weeks == 0
        level = targets(forecasts, spread, policy, ahead)
        plans[:, :, ahead] = np.where(is_review, _order(level, position, policy.pack[:, None]), 0)
        position = position + plans[:, :, ahead] - whole(forecasts[:, :, ahead])
    changes = np.zeros(course.orders.shape, np.int64)
    changes[:, 1:] = np.abs(plans[:, 1:, :-1] - plans[:, :-1, 1:]).sum(axis=2)
    return changes
