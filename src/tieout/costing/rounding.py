"""Exact a × b ÷ c on int64, compiled: the one place where the kernel rounds, and how all of it is compiled."""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit

Compiled = TypeVar("Compiled", bound=Callable[..., object])
Column = TypeVar("Column", bound=npt.NDArray[Any])

REFUSED: Final = -1  # the result does not fit into int64
HALF_WORD: Final = 2**31
LARGEST: Final = np.uint64(2**63 - 1)
WORD: Final = np.uint64(32)
LOW_WORD: Final = np.uint64(2**32 - 1)
ONE: Final = np.uint64(1)
ZERO: Final = np.uint64(0)


# `_nrt=False`: compiled code allocates nothing. Else numba counts the references to every array at every call, which
# costs ten times the arithmetic.
OPTIONS: Final[dict[str, Any]] = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    "forceinline": True,
    "_nrt": False,
}


def compiled(function: Compiled) -> Compiled:
    """Compiles on first use, keeps the machine code beside the source, runs it without the interpreter's lock."""
    return cast(Compiled, njit(**OPTIONS)(function))


def compiled_apart(function: Compiled) -> Compiled:
    """Compiles like `compiled`, but stands apart from its callers: for what is rare."""
    return cast(Compiled, njit(**OPTIONS | {"forceinline": False})(function))


def plain(column: Column) -> Column:
    """A column as the compiled code knows it: anything else (strided, read-only) would be compiled for anew."""
    return cast(Column, np.require(column, requirements=["C", "W"]))


def half_up(numerator: int, denominator: int) -> int:
    """Numerator ÷ denominator of any size, both at least zero, rounded half up; for plain Python."""
    return (2 * numerator + denominator) // (2 * denominator)


@compiled
def mul_div_half_up(a: int, b: int, c: int) -> int:
    """Exact a × b ÷ c, rounded half up, for 0 <= a, b < 2**63 and 0 < c < 2**63; REFUSED when it reaches 2**63."""
    if a >= HALF_WORD or b >= HALF_WORD:
        return _mul_div_wide(np.uint64(a), np.uint64(b), np.uint64(c))
    product = a * b
    quotient = product // c
    rest = product - quotient * c
    return quotient + 1 if rest >= c - rest else quotient


@compiled
def share(amount: int, part: int, whole: int) -> int:
    """Amount × part ÷ whole for 0 <= part <= whole and an amount of either sign; half away from zero."""
    return mul_div_half_up(amount, part, whole) if amount >= 0 else -mul_div_half_up(-amount, part, whole)


@compiled
def _mul_div_wide(a: np.uint64, b: np.uint64, c: np.uint64) -> int:
    high, low = _product(a, b)
    if high >= c:
        return REFUSED
    if high == ZERO:
        quotient = low // c
        rest = low - quotient * c
    else:
        quotient, rest = _divide(high, low, c)
    if quotient > LARGEST:
        return REFUSED
    if rest >= c - rest:
        quotient += ONE
    return int(np.int64(quotient)) if quotient <= LARGEST else REFUSED


@compiled
def _product(a: np.uint64, b: np.uint64) -> tuple[np.uint64, np.uint64]:
    """The 128 bits of a × b, high and low half, from 32-bit words as on paper."""
    a_high, a_low, b_high, b_low = a >> WORD, a & LOW_WORD, b >> WORD, b & LOW_WORD
    lowest = a_low * b_low
    middle = a_high * b_low + (lowest >> WORD)
    carried = a_low * b_high + (middle & LOW_WORD)
    return a_high * b_high + (middle >> WORD) + (carried >> WORD), (carried << WORD) | (lowest & LOW_WORD)


@compiled
def _divide(high: np.uint64, low: np.uint64, c: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Quotient and rest of 128 bits by c > high, bit by bit; c < 2**63 leaves the rest a bit to grow."""
    quotient, rest = ZERO, high
    for bit in range(63, -1, -1):
        rest = (rest << ONE) | ((low >> np.uint64(bit)) & ONE)
        quotient <<= ONE
        if rest >= c:
            rest -= c
            quotient |= ONE
    return quotient, rest
