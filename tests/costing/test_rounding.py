from hypothesis import example, given, settings
from hypothesis import strategies as st

from tieout.costing.rounding import REFUSED, half_up, mul_div_half_up

LARGEST = 2**63 - 1
near_bounds = st.sampled_from([31, 32, 61, 62, 63]).flatmap(
    lambda bits: st.integers(2**bits - 3, min(2**bits + 3, LARGEST))
)
operands = st.one_of(st.integers(0, LARGEST), st.integers(0, 10_000), near_bounds)


@given(operands, operands, operands.filter(bool))
@example(LARGEST, LARGEST, LARGEST)
@example(LARGEST, LARGEST, LARGEST - 1)
@example(LARGEST, 1, 2)
@example(2**62, 2, 1)
@example(LARGEST, 3, 3)
@example(2**63 - 1, 2**63 - 1, 2**62)
@example(1, 1, 2)
@settings(max_examples=1000, deadline=None, derandomize=True)
def test_agrees_with_pythons_unbounded_integers(a: int, b: int, c: int) -> None:
    exact = half_up(a * b, c)
    assert mul_div_half_up(a, b, c) == (exact if exact <= LARGEST else REFUSED)


@given(st.integers(0, LARGEST), operands.filter(bool))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_whole_of_an_amount_is_the_amount(amount: int, quantity: int) -> None:
    assert mul_div_half_up(amount, quantity, quantity) == amount


def test_half_goes_up_away_from_zero() -> None:
    assert mul_div_half_up(6533, 1, 2) == 3267  # 65.33 ÷ 2: half-even would give 32.66
    assert mul_div_half_up(6667, 1, 2) == 3334
    assert mul_div_half_up(1, 1, 3) == 0
