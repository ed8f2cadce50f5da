"""Shapley values by their axioms, against every order of the groups, and to the last unit."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.forecasting.attribution import bootstrap, shapley, shapley_by_channel

NAMES = ("a", "b", "c", "d")


@st.composite
def games(draw, channels=1):
    """Groups, and a value of two items for every set of groups that is at work (in each channel)."""
    groups = NAMES[: draw(st.integers(0, 3 if channels == 2 else 4))]
    size = 2 ** (len(groups) * channels)
    amounts = draw(st.lists(st.integers(-(10**9), 10**9), min_size=2 * size, max_size=2 * size))
    table = np.array(amounts, dtype=np.int64).reshape(size, 2)

    def value(*present):
        members = [name in part for part in present for name in groups]
        return table[sum(2**place for place, member in enumerate(members) if member)]

    return groups, value


def by_orders(groups, value):
    """The mean effect of each group over all orders, as fractions."""
    sums = {group: [Fraction(0), Fraction(0)] for group in groups}
    orders = list(permutations(groups))
    for order in orders:
        for place, group in enumerate(order):
            effect = value(frozenset(order[: place + 1])) - value(frozenset(order[:place]))
            for item in range(2):
                sums[group][item] += Fraction(int(effect[item]), len(orders))
    return [sums[group] for group in groups]


def off_by_less_than_one(parts, exact):
    return all(
        abs(Fraction(int(part)) - wanted) < 1
        for row, wanteds in zip(parts.reshape(-1, 2), exact, strict=True)
        for part, wanted in zip(row, wanteds, strict=True)
    )


@given(games())
def test_parts_are_the_mean_over_all_orders_and_add_up(game):
    groups, value = game
    parts = shapley(groups, value)
    assert parts.sum(axis=0).tolist() == (value(frozenset(groups)) - value(frozenset())).tolist()
    assert off_by_less_than_one(parts, by_orders(groups, value))


@given(games(channels=2))
def test_channels_are_two_players_and_groups_add_up_within(game):
    groups, value = game
    everything, nothing = frozenset(groups), frozenset()
    parts = shapley_by_channel(groups, value)
    total = value(everything, everything) - value(nothing, nothing)
    assert parts.sum(axis=(0, 1)).tolist() == total.tolist()
    first = by_orders(groups, lambda at_work: value(at_work, nothing) + value(at_work, everything))
    second = by_orders(groups, lambda at_work: value(nothing, at_work) + value(everything, at_work))
    exact = [[part / 2 for part in row] for pair in zip(first, second, strict=True) for row in pair]
    assert off_by_less_than_one(parts, exact)


@given(st.lists(st.integers(-1000, 1000), min_size=4, max_size=4))
def test_groups_that_only_add_get_what_they_add(effects):
    values = dict(zip(NAMES, effects, strict=True))
    parts = shapley(NAMES, lambda at_work: np.array([sum(values[name] for name in at_work)]))
    assert parts[:, 0].tolist() == effects


@given(games())
def test_a_group_without_effect_gets_nothing(game):
    groups, value = game
    parts = shapley((*groups, "idle"), lambda at_work: value(at_work - {"idle"}))
    assert parts[-1].tolist() == [0, 0]


def test_equal_groups_share_equally_but_for_the_unit_that_cannot_be_split():
    parts = shapley(("a", "b", "c"), lambda at_work: np.array([9 if at_work else 0, 10 if at_work else 0]))
    assert parts.T.tolist() == [[3, 3, 3], [4, 3, 3]]


def test_what_cannot_be_exact_is_refused():
    with pytest.raises(ValueError, match="at most 8"):
        shapley([str(number) for number in range(9)], lambda at_work: np.zeros(1, dtype=np.int64))
    with pytest.raises(ValueError, match="different names"):
        shapley(["a", "a"], lambda at_work: np.zeros(1, dtype=np.int64))
    with pytest.raises(ValueError, match="int64"):
        shapley(["a"], lambda at_work: np.zeros(1))
    with pytest.raises(ValueError, match="within"):
        shapley(["a"], lambda at_work: np.full(1, 2**61))
    answers = iter(range(100))
    with pytest.raises(ValueError, match="add up"):
        shapley_by_channel(["a", "b"], lambda first, second: np.array([next(answers) ** 2]))


def test_the_interval_holds_the_sum_and_is_the_same_each_time():
    amounts = np.random.default_rng(5).integers(-1000, 2000, (3, 2, 200))
    low, high = bootstrap(amounts)
    assert low.shape == high.shape == (3, 2)
    assert (low <= amounts.sum(axis=-1)).all()
    assert (amounts.sum(axis=-1) <= high).all()
    assert [part.tolist() for part in bootstrap(amounts)] == [low.tolist(), high.tolist()]
    width, textbook = (high - low) / 2, 1.96 * amounts.std(axis=-1) * np.sqrt(200)
    assert np.allclose(width, textbook, rtol=0.15)
    alike = bootstrap(np.full((1, 50), 7))
    assert [part.tolist() for part in alike] == [[350], [350]]
