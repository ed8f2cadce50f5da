"""Whose fault it is: Shapley values over groups of causes, exact, and how far they would move with other items.

The value of each group is its mean effect over all orders in which the groups could have come in (Shapley 1953; as a
decomposition of a distribution: Shorrocks 2013). Money is whole minor units, so that parts add up to the cent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import comb, lcm

import numpy as np
from numpy.typing import NDArray

Amounts = NDArray[np.int64]
Game = Callable[[frozenset[str]], Amounts]

MOST_GROUPS = 8
DRAWS = 1000
_SEED = 20110901
_LARGEST = 2**62


def shapley(groups: Sequence[str], value: Game) -> Amounts:
    """The part of each group in ``value(all groups) − value(none)``, element by element: shape (k, *shape of a value).

    ``value`` is asked once for each of the 2^k sets of groups that are at work (all others are corrected), and answers
    in whole units, such as cents per item. Parts are whole too: what division leaves over goes to the groups with the
    largest remainders, the earlier first. Raises ``ValueError`` on more than ``MOST_GROUPS`` groups, equal names,
    values that are not int64 or too large, or parts that do not add up.
    """
    values = _ask(groups, value)
    total = values[frozenset(groups)] - values[frozenset()]
    return _whole(_scaled(groups, values), _divisor(groups), total)


def shapley_by_channel(groups: Sequence[str], value: Callable[[frozenset[str], frozenset[str]], Amounts]) -> Amounts:
    """The part of each group through each of two channels: shape (k, 2, *shape of a value).

    ``value(first, second)``: which groups are at work in either channel. The effect of a channel is the mean of its
    effects while the other is wholly corrected and while it is not (Shapley over two players), and is split over
    the groups by Shapley within it: together the Owen value with the channels as unions (Owen 1977), from 4 × 2^k
    values. Parts are whole and add up to ``value(all, all) − value(none, none)``; raises as ``shapley``.
    """
    everything, nothing = frozenset(groups), frozenset[str]()
    first = _ask(groups, lambda present: value(present, nothing) + value(present, everything))
    second = _ask(groups, lambda present: value(nothing, present) + value(everything, present))
    scaled = np.stack([_scaled(groups, first), _scaled(groups, second)], axis=1)
    total = value(everything, everything) - value(nothing, nothing)
    flat = scaled.reshape(-1, *scaled.shape[2:])
    return _whole(flat, 2 * _divisor(groups), total).reshape(scaled.shape)


def bootstrap(amounts: Amounts, percent: float = 95) -> tuple[Amounts, Amounts]:
    """The interval of sums over the last axis (items), had other items of the same kind been drawn: (low, high).

    ``DRAWS`` samples of as many items, with replacement and a fixed seed; bounds are drawn sums (nearest rank), whole
    as the amounts are.
    """
    items = amounts.shape[-1]
    drawn = np.random.default_rng(_SEED).multinomial(items, np.full(items, 1 / items), size=DRAWS)
    sums = np.sort(amounts @ drawn.T, axis=-1)
    beyond = round(DRAWS * (100 - percent) / 200)
    return sums[..., beyond], sums[..., DRAWS - 1 - beyond]


def _ask(groups: Sequence[str], value: Game) -> dict[frozenset[str], Amounts]:
    if len(groups) > MOST_GROUPS or len(set(groups)) < len(groups):
        raise ValueError(f"{len(groups)} groups: Shapley values are for at most {MOST_GROUPS}, of different names")
    sets = [frozenset(chosen) for size in range(len(groups) + 1) for chosen in combinations(groups, size)]
    values = {present: np.asarray(value(present)) for present in sets}
    bound = _LARGEST // (4 * _divisor(groups))
    for present, amounts in values.items():
        if amounts.dtype != np.int64 or (amounts.size and np.abs(amounts).max() > bound):
            raise ValueError(f"the value of {sorted(present)} must be int64 and within ±{bound}")
    return values


def _divisor(groups: Sequence[str]) -> int:
    """The least number that makes the weight of each set, 1 ÷ (k · C(k − 1, its size)), whole."""
    return lcm(*range(1, len(groups) + 1))


def _scaled(groups: Sequence[str], values: dict[frozenset[str], Amounts]) -> Amounts:
    """The Shapley value of each group times the divisor: the weighted sum of its effects, whole."""
    weights = [_divisor(groups) // (len(groups) * comb(len(groups) - 1, size)) for size in range(len(groups))]
    parts = []
    for group in groups:
        effects = [
            weights[len(present)] * (values[present | {group}] - values[present])
            for present in values
            if group not in present
        ]
        parts.append(np.sum(effects, axis=0, dtype=np.int64))
    return np.array(parts, dtype=np.int64).reshape(len(groups), *values[frozenset()].shape)


def _whole(scaled: Amounts, divisor: int, total: Amounts) -> Amounts:
    """``scaled`` ÷ ``divisor`` as whole numbers that add up to ``total`` over the first axis (largest remainder)."""
    if not np.array_equal(scaled.sum(axis=0), divisor * total):
        raise ValueError("Shapley parts do not add up to the whole: the same groups were given another value before")
    parts, remainders = np.divmod(scaled, divisor)
    rank = np.argsort(np.argsort(-remainders, axis=0, kind="stable"), axis=0, kind="stable")
    whole: Amounts = parts + (rank < total - parts.sum(axis=0))
    return whole
