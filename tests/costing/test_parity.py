"""The kernel and its plain twin agree on whole arrays, and no value is made or lost, whatever the stream."""

from collections.abc import Iterator
from dataclasses import fields, replace
from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tieout.costing import kernel, reference
from tieout.costing.events import (
    ADD,
    FIFO,
    GROUP_IN,
    GROUP_OUT,
    IN,
    LIMIT,
    MOVE,
    OUT,
    OVERFLOW_REFUSED,
    RETURN,
    REVALUE,
    SWITCH,
    Int64s,
    Legs,
    Replay,
)

from .streams import Ledger, Stream, long_stream, streams

any_stream = st.one_of(streams(), streams(largest=LIMIT))
INFLOWS, ISSUES = (IN, RETURN, GROUP_IN), (OUT, MOVE, GROUP_OUT)
LATE = (ADD, REVALUE, SWITCH)  # move no goods


def columns(result: object, prefix: str = "") -> Iterator[tuple[str, np.ndarray]]:
    """Every array of a replay with its dotted name."""
    for field in fields(result):  # type: ignore[arg-type]
        content = getattr(result, field.name)
        if isinstance(content, np.ndarray):
            yield prefix + field.name, content
        else:
            yield from columns(content, f"{field.name}.")


def assert_agree(legs: Legs) -> None:
    expected = dict(columns(reference.replay(legs)))
    found = dict(columns(kernel.replay(legs)))
    assert found.keys() == expected.keys()
    for name, column in found.items():
        assert column.dtype == expected[name].dtype, name
        np.testing.assert_array_equal(column, expected[name], name)


@given(any_stream)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_kernel_and_twin_agree_on_every_array(legs: Legs) -> None:
    assert_agree(legs)


@pytest.mark.parametrize(("seed", "largest"), [(1, 20_000), (2, 10**6), (3, 10**9)])
def test_they_agree_over_thousands_of_legs(seed: int, largest: int) -> None:
    legs = long_stream(seed, largest, legs=4_000)
    assert set(np.unique(legs.op)) == {IN, OUT, MOVE, RETURN, ADD, REVALUE, GROUP_OUT, GROUP_IN, SWITCH}
    assert_agree(legs)
    assert_conserved(legs, kernel.replay(legs))


def test_they_agree_where_every_table_outgrows_its_room() -> None:
    many, ledger = 5_000, Ledger(FIFO, cells=4)
    for _ in range(many):
        ledger.issue("1", cell=2)
    ledger.receive(str(many), "75", cell=2)
    for _ in range(many):
        ledger.receive("1", "2")
    for cell in (0, 1, 0, 1):
        ledger.move(str(many), cell, 1 - cell)
    receipt = ledger.receive("1", "2", cell=3)
    for _ in range(many):
        ledger.add_cost("0.01", receipt, cell=3)
    assert_agree(ledger.legs())


@pytest.mark.parametrize("processors", [2, 3, 64])
@pytest.mark.parametrize("seed", range(12))
def test_any_number_of_processors_gives_the_same_arrays(processors: int, seed: int) -> None:
    legs = Stream(Random(seed), 10**6).legs(pools=20, length=100)
    mixed = np.append(
        np.random.default_rng(seed).permutation(len(legs.cell_method)), -1
    )  # no pool's cells stand together
    method = np.empty_like(legs.cell_method)
    method[mixed[:-1]] = legs.cell_method
    legs = replace(legs, cell_from=mixed[legs.cell_from], cell_to=mixed[legs.cell_to], cell_method=method)
    with patch.object(kernel, "_LEGS_WORTH_A_THREAD", 1), patch.object(kernel.os, "cpu_count", lambda: processors):
        assert len(kernel._shared_out(legs.pool_offsets)) == processors
        found = dict(columns(kernel.replay(legs)))
    expected = dict(columns(kernel.replay(legs)))
    assert found.keys() == expected.keys()
    for name, column in found.items():
        assert (column.dtype, column.tobytes()) == (expected[name].dtype, expected[name].tobytes()), name


@given(any_stream)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_what_came_in_is_on_hand_or_went_out(legs: Legs) -> None:
    assert_conserved(legs, kernel.replay(legs))


def assert_conserved(legs: Legs, result: Replay) -> None:
    pool_of_leg = np.repeat(np.arange(len(legs.pool_offsets) - 1), np.diff(legs.pool_offsets))
    pool_of_cell = {int(cell): int(pool) for cell, pool in zip(legs.cell_from, pool_of_leg, strict=True)}
    pool_of_cell |= {int(cell): int(pool) for cell, pool in zip(legs.cell_to, pool_of_leg, strict=True)}
    for pool in range(len(legs.pool_offsets) - 1):
        mine = pool_of_leg == pool
        layers = [pool_of_cell[int(cell)] == pool for cell in result.open_layers.cell]
        shortages = [pool_of_cell[int(cell)] == pool for cell in result.open_shortages.cell]
        true_ups = mine[result.true_ups.issue]
        came_in = total(result.amount[mine & np.isin(legs.op, (*INFLOWS, REVALUE))])
        came_in += total(result.placed[mine]) - total(result.variance[mine])
        moved = mine & (legs.op == MOVE) & ((result.status & OVERFLOW_REFUSED) == 0)
        came_in += total(np.maximum(legs.value[moved], 0))
        went_out = total(result.amount[mine & np.isin(legs.op, (OUT, GROUP_OUT))])
        went_out += total(result.true_ups.amount[true_ups]) - total(result.true_ups.placed[true_ups])
        on_hand = total(result.open_layers.amount[layers]) - total(result.open_shortages.amount[shortages])
        assert came_in == on_hand + went_out


@given(any_stream)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_an_assembly_gives_away_what_it_took(legs: Legs) -> None:
    result = kernel.replay(legs)
    refused = (result.status & OVERFLOW_REFUSED) != 0
    labour = np.where(legs.op == GROUP_IN, np.maximum(legs.value, 0), 0)
    for group in np.unique(legs.group[legs.op == GROUP_IN]):
        mine = legs.group == group
        components, products = mine & (legs.op == GROUP_OUT), mine & (legs.op == GROUP_IN)
        if refused[products].any():
            continue
        took = total(result.amount[components])
        if legs.true_up_issues:
            ups = components[result.true_ups.issue] & (result.true_ups.covering < np.flatnonzero(products)[0])
            took += total(result.true_ups.amount[ups])
        later = components[result.true_ups.issue] & (result.true_ups.covering >= np.flatnonzero(products)[0])
        carried = total(result.true_ups.carried[later])
        assert total(result.amount[products]) == took + carried + total(labour[products])


@given(any_stream)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_takes_explain_every_issue(legs: Legs) -> None:
    result = kernel.replay(legs)
    for leg in np.flatnonzero(np.isin(legs.op, ISSUES)):
        takes, trued_up = result.takes.leg == leg, result.true_ups.issue == leg
        still_short = result.open_shortages.leg == leg
        moved = 0 if result.status[leg] & OVERFLOW_REFUSED else int(legs.quantity[leg])
        units = total(result.takes.quantity[takes]) + total(result.open_shortages.quantity[still_short])
        cost = total(result.takes.amount[takes]) + total(result.open_shortages.amount[still_short])
        assert moved == units
        assert int(result.amount[leg]) + total(result.true_ups.amount[trued_up]) == cost


@given(any_stream)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_no_unit_cost_flips_its_sign_and_nothing_stands_at_quantity_zero(legs: Legs) -> None:
    result = kernel.replay(legs)
    for quantity, amount in balances(result):
        assert np.all(amount[quantity == 0] == 0)
        assert np.all(amount[quantity > 0] >= 0)
        assert np.all(amount[quantity < 0] <= 0)
    assert np.all(result.amount[~np.isin(legs.op, LATE)] >= 0)
    for rows in (result.takes, result.open_layers, result.open_shortages):
        assert np.all(rows.quantity > 0)
        assert np.all(rows.amount >= 0)
    assert np.all(result.true_ups.amount != 0)


@given(any_stream)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_what_finds_a_place_is_part_of_what_was_to_be_placed(legs: Legs) -> None:
    result = kernel.replay(legs)
    late = legs.op == ADD
    assert np.all(result.placed[~late] == 0)
    for placed, amount in (
        (result.placed[late], result.amount[late]),
        (result.true_ups.placed + result.true_ups.carried, result.true_ups.amount),
    ):
        assert np.all(np.minimum(amount, 0) <= placed)
        assert np.all(placed <= np.maximum(amount, 0))


@given(any_stream)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_cost_that_found_a_place_says_where(legs: Legs) -> None:
    result = kernel.replay(legs)
    places, late = result.placements, result.placements.true_up < 0
    assert np.all(places.amount != 0)
    assert np.all(legs.op[places.leg[late]] == ADD)
    assert len(np.unique(places.leg[late] * len(legs.cell_method) + places.cell[late])) == late.sum()
    np.testing.assert_array_equal(result.true_ups.covering[places.true_up[~late]], places.leg[~late])
    for row, placed in enumerate(result.placed):
        assert total(places.amount[late & (places.leg == row)]) == placed
    for row, placed in enumerate(result.true_ups.placed):
        assert total(places.amount[places.true_up == row]) == placed


@given(any_stream)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_refused_leg_might_as_well_not_be_there(legs: Legs) -> None:
    result = kernel.replay(legs)
    refused = (result.status & OVERFLOW_REFUSED) != 0
    for column in (result.amount, result.variance, result.placed):
        assert np.all(column[refused] == 0)
    assert np.all(result.status[refused] == OVERFLOW_REFUSED)
    assert not np.isin(np.flatnonzero(refused), result.takes.leg).any()


def test_pools_do_not_know_of_each_other() -> None:
    legs = Legs(
        op=np.array([IN, OUT, IN, OUT], np.int8),
        cell_from=np.array([-1, 0, -1, 1]),
        cell_to=np.array([0, -1, 1, -1]),
        quantity=np.array([LIMIT, 10_000, 10_000, 10_000]),
        value=np.array([LIMIT, 0, 500, 0]),
        source=np.full(4, -1),
        standard=np.full(4, -1),
        pool_offsets=np.array([0, 2, 2, 4]),
        cell_method=np.array([1, 1], np.int8),
        scale=2,
    )
    result = kernel.replay(legs)
    assert result.amount.tolist() == [LIMIT, 0, 500, 500]
    assert result.status.tolist() == [0, OVERFLOW_REFUSED, 0, 0]


def test_a_replay_leaves_its_legs_as_they_were() -> None:
    legs = long_stream(4, 20_000, legs=500)
    again = long_stream(4, 20_000, legs=500)
    kernel.replay(legs)
    for name, column in vars(again).items():
        np.testing.assert_array_equal(getattr(legs, name), column, name)


def total(amounts: Int64s) -> int:
    """A sum that cannot wrap."""
    return sum(amounts.tolist())


def balances(result: Replay) -> list[tuple[Int64s, Int64s]]:
    return [
        (result.from_quantity_after, result.from_amount_after),
        (result.to_quantity_after, result.to_amount_after),
    ]
