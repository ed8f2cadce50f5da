"""The buyer's policy against what theory says of it, on arrays."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tieout.forecasting.purchasing import (
    PARTS,
    Policy,
    Start,
    plan_changes,
    settled,
    simulate,
    spreads,
    targets,
    whole,
)

ITEMS, WEEKS = 3, 6


def policy(items=1, lead=0, review=1, pack=PARTS, **others):
    return Policy(np.full(items, lead), np.full(items, pack), review, **others)


def empty(items):
    return Start(np.zeros(items, np.int64), np.zeros((items, 0), np.int64))


@st.composite
def situations(draw):
    """Targets, errors of the record, demand and what was there before, of any size and sign that can be."""

    def some(shape, least, most):
        return draw(arrays(np.int64, shape, elements=st.integers(least, most)))

    lead = some(ITEMS, 0, 4)
    chosen = Policy(lead, some(ITEMS, 1, 50_000), draw(st.integers(1, 3)), lost_share=draw(st.integers(0, PARTS)))
    start = Start(some(ITEMS, 0, 10**6), some((ITEMS, draw(st.integers(0, 9))), 0, 10**5))
    shape = (ITEMS, WEEKS)
    return some(shape, -(10**6), 10**6), some(shape, -(10**6), 10**6), some(shape, 0, 10**6), start, chosen


@given(situations())
def test_nothing_is_lost_or_gained_on_the_way(situation):
    target, _, demand, start, chosen = situation
    course = simulate(*situation)
    out, received = course.served.cumsum(axis=1), course.received.cumsum(axis=1)
    assert (course.on_hand + out == start.on_hand[:, None] + received).all()
    assert (course.served + course.lost + course.owed == demand + np.c_[np.zeros(ITEMS), course.owed[:, :-1]]).all()
    assert (course.on_order + received == start.due.sum(axis=1)[:, None] + course.orders.cumsum(axis=1)).all()
    assert min(values.min() for name, values in vars(course).items() if name != "position") >= 0
    assert (course.orders % chosen.pack[:, None] == 0).all()
    ordered = course.orders > 0
    assert (course.position + course.orders >= target)[ordered].all()
    assert (course.position + course.orders - chosen.pack[:, None] < target)[ordered].all()
    for item, lead in enumerate(chosen.lead_weeks):
        due = np.zeros(WEEKS + 9, np.int64)
        due[: start.due.shape[1]] += start.due[item]
        due[lead : WEEKS + lead] += course.orders[item]
        assert course.received[item].tolist() == due[:WEEKS].tolist()


def test_known_demand_is_met_without_stock():
    demand = np.random.default_rng(1).integers(0, 9, (4, 30)) * PARTS
    ahead = np.stack([np.roll(demand, -step, axis=1) for step in range(1)], axis=2) / PARTS
    chosen = policy(4)
    course = simulate(targets(ahead, np.zeros((4, 30)), chosen), 0 * demand, demand, empty(4), chosen)
    assert course.orders.tolist() == demand.tolist()
    assert not course.lost.any()
    assert not course.on_hand.any()


def test_one_week_is_the_newsvendor():
    """Lead time 0, a review each week: S is the critical fractile, and costs sigma (c_u + c_o) pdf(z) a week."""
    shape, mean, sigma, short_cost, left_cost = (2000, 100), 1000, 100, 9, 1
    demand = whole(np.random.default_rng(2).normal(mean, sigma, shape))
    known = np.full((*shape, 1), float(mean)), np.full(shape, float(sigma))

    def cost(level):
        chosen = policy(len(demand), pack=1, service_level=level, lost_share=0)
        course = simulate(targets(*known, chosen), 0 * demand, demand, empty(len(demand)), chosen)
        return (left_cost * course.on_hand.mean() + short_cost * course.owed.mean()) / PARTS

    best = short_cost / (short_cost + left_cost)
    theory = sigma * (short_cost + left_cost) * NormalDist().pdf(NormalDist().inv_cdf(best))
    assert cost(best) == pytest.approx(theory, rel=0.01)
    assert cost(best) < min(cost(best - 0.03), cost(best + 0.03))


@pytest.mark.parametrize(("lead", "mean_of"), [(0, 4), (1, 5), (3, 8)])
def test_orders_swing_as_chen_and_others_say(lead, mean_of):
    """Independent demand, mean of p weeks, S = L ŷ: variance rises by 1 + 2L/p + 2L²/p² (Chen et al. 2000)."""
    items, weeks = 40, 5000
    demand = np.rint(np.random.default_rng(3).normal(1000, 20, (items, weeks + mean_of)))
    mean = np.lib.stride_tricks.sliding_window_view(demand, mean_of, axis=1)[:, :-1].mean(axis=2)
    chosen = policy(items, lead, pack=1, lost_share=0)
    target = targets(mean[:, :, None], np.zeros_like(mean), chosen)
    start = Start(target[:, 0], np.zeros((items, 0), np.int64))
    course = simulate(target, 0 * target, whole(demand[:, mean_of:]), start, chosen)
    span = lead + 1
    ratio = course.orders[:, 1:].var(axis=1).sum() / whole(demand[:, mean_of:]).var(axis=1).sum()
    assert ratio == pytest.approx(1 + 2 * span / mean_of + 2 * span**2 / mean_of**2, rel=0.02)


def test_noise_of_the_record_that_nets_out_moves_stock_both_ways():
    items, weeks = 500, 40
    generator = np.random.default_rng(4)
    demand = whole(generator.poisson(50, (items, weeks)).astype(float))
    known = np.full((items, weeks, 1), 50.0), np.full((items, weeks), 50**0.5)
    chosen = policy(items, lead=2, service_level=0.999, lost_share=0)
    start = settled(targets(*known, chosen), known[0], chosen)

    def stock(error):
        course = simulate(targets(*known, chosen), error, demand, start, chosen)
        return (course.on_hand - course.owed) / PARTS

    noise = whole(np.rint(generator.normal(0, 5, (items, weeks))))
    difference = stock(noise) - stock(0 * noise)
    assert abs(difference.mean()) < 0.1
    assert np.abs(difference).mean() > 3
    growing = [np.abs(stock(noise * times) - stock(0 * noise)).mean() for times in (1, 2, 4)]
    assert growing == sorted(growing)


def test_a_buyer_who_believes_in_stock_that_is_not_there_stops_ordering():
    demand = np.full((1, 40), 10 * PARTS)
    known = np.full((1, 40, 1), 10.0), np.zeros((1, 40))
    chosen = policy(lead=1)
    target = targets(*known, chosen)
    start = settled(target, known[0], chosen)
    right = simulate(target, 0 * demand, demand, start, chosen)
    assert not right.lost.any()
    phantom = simulate(target, 0 * demand + 100 * PARTS, demand, start, chosen)
    assert phantom.on_hand[0, -1] == 0
    assert not phantom.orders.any()
    assert phantom.lost.sum() == demand.sum() - 20 * PARTS


def test_the_level_covers_lead_time_and_review():
    forecasts = np.array([[[1.0, 2.0, 4.0]], [[1.0, 2.0, 4.0]], [[1.0, 2.0, 4.0]]])
    spread = np.full((3, 1), 2.0)
    chosen = Policy(np.array([0, 1, 4]), np.full(3, PARTS), 1, service_level=0.975)
    safety = NormalDist().inv_cdf(0.975) * 2
    wanted = [1 + safety, 3 + safety * 2**0.5, 1 + 2 + 4 + 4 + 4 + safety * 5**0.5]
    assert targets(forecasts, spread, chosen)[:, 0] == pytest.approx([PARTS * level for level in wanted], abs=1)
    later = [2 + safety, 6 + safety * 2**0.5, 2 + 4 * 4 + safety * 5**0.5]
    assert targets(forecasts, spread, chosen, ahead=1)[:, 0] == pytest.approx([PARTS * level for level in later], abs=1)


def test_the_spread_is_the_error_of_the_recent_mean_over_a_year():
    generator = np.random.default_rng(6)
    demand = generator.poisson(3, (2, 80)).astype(float)
    demand[1, :30] = np.nan

    def plainly(row, week):
        errors = [
            row[at] - np.mean(row[max(at - 8, 0) : at][~np.isnan(row[max(at - 8, 0) : at])])
            for at in range(max(week - 51, 1), week + 1) if not np.isnan(row[at - 1])
        ]  # fmt: skip
        return np.sqrt(np.mean(np.square(errors))) if errors else 0.0

    assert spreads(demand) == pytest.approx(np.array([[plainly(row, week) for week in range(80)] for row in demand]))


def test_plans_change_by_what_orders_of_the_same_week_change():
    chosen = policy(lead=0)
    steady = np.full((1, 3, 3), 2.0)
    demand = np.full((1, 3), 2 * PARTS)
    none = np.zeros((1, 3))

    def changes(forecasts):
        course = simulate(targets(forecasts, none, chosen), 0 * demand, demand, empty(1), chosen)
        return (plan_changes(course, forecasts, none, chosen) / PARTS).tolist()

    assert changes(steady) == [[0, 0, 0]]
    # Week 1 plans 2, 5, 2; week 2 then 2, 2: the order of week 2 changes by 3. Week 3 is as planned.
    moved = steady.copy()
    moved[0, 0, 1] = 5.0
    assert changes(moved) == [[0, 3, 0]]
