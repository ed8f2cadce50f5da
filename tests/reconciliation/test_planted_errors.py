"""Errors planted in a right ledger: whatever they are, the identities hold, and what must not matter does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from .planted import KINDS, ROLES, Books, Error, Result, Row, company, run

Errors = list[Error]
Check = Callable[[Books, Errors, Random], None]
LINE = ("cause", "step", "event_id", "origin_event_id", "journal_id", "role", "sku", "location", "channel", "period",
        "date", "quantity", "amount", "evidence", "timing")  # fmt: skip
NAMES = ("event_id", "origin_event_id", "journal_id", "sku", "location", "channel")
PLANTED = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 99)), min_size=3, max_size=8)


def lines(result: Result) -> list[tuple[str, ...]]:
    return sorted(tuple(str(row[column]) for column in LINE) for row in result.corrections)


def open_differences(ledger: list[Row], result: Result) -> dict[tuple[str | None, ...], Decimal]:
    """Expected − recorded − Σ corrections per event, role, dimensions and period, from the ledger as it was written."""
    booked = [
        {**line, "event_id": line["external_id"] or line["journal_id"], "role": ROLES[line["account"]],
         "period": f"{line['effective_date']:%Y-%m}", "amount": -Decimal(line["amount"]) / 100}
        for line in ledger
    ]  # fmt: skip
    blank = {
        (row["event_id"], row["role"], dimension)
        for row in [*result.expected, *booked]
        for dimension in ("sku", "location", "channel")
        if not row[dimension]
    }
    open_ones: defaultdict[tuple[str | None, ...], Decimal] = defaultdict(Decimal)
    corrected = [{**row, "amount": -row["amount"]} for row in result.corrections]
    for row in [*result.expected, *booked, *corrected]:
        unit = row["event_id"], row["role"]
        place = (None if (*unit, name) in blank else row[name] for name in ("sku", "location", "channel"))
        open_ones[(*unit, *place, row["period"])] += row["amount"]
    return {coordinate: amount for coordinate, amount in open_ones.items() if amount}


def both_identities_hold(books: Books, errors: Errors, random: Random) -> None:
    wrong = books.with_errors(errors)
    result = run(wrong)
    assert [row for row in result.proofs if row["difference"]] == []
    assert open_differences(wrong.tables["gl_lines"], result) == {}
    entries: defaultdict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for row in result.corrections:
        entries[row["cause"], row["event_id"], row["period"]] += row["amount"]
    assert set(entries.values()) <= {0}, "an entry does not balance within its period"


def every_error_is_found_and_nothing_else(books: Books, errors: Errors, random: Random) -> None:
    kinds = {f"{prefix}{event}" for prefix, event in hits(books, errors)}
    assert {row["event_id"] for row in run(books.with_errors(errors)).corrections} == kinds


def hits(books: Books, errors: Errors) -> list[tuple[str, str]]:
    """The units that errors leave wrong: the event, or an entry of its own, whose id has a prefix."""
    right = {line["external_id"] for line in books.tables["gl_lines"]}
    found = []
    for number, (kind, _) in enumerate(errors):
        before = books.with_errors(errors[:number]).tables["gl_lines"]
        after = books.with_errors(errors[: number + 1]).tables["gl_lines"]
        changed = [line for line in [*before, *after] if line not in before or line not in after]
        touched = {line["external_id"] or line["journal_id"] for line in changed}
        event = next(iter(touched & right or {name[2:] for name in touched}))
        found += {"orphan": [("X-", event)], "made_up_for": [("", event), ("M-", event)]}.get(kind, [("", event)])
    return found


def the_order_of_rows_does_not_matter(books: Books, errors: Errors, random: Random) -> None:
    wrong = books.with_errors(errors)
    shuffled = {name: random.sample(rows, len(rows)) for name, rows in wrong.tables.items()}
    assert run(Books(shuffled, books.policy)).corrections == run(wrong).corrections


def names_do_not_matter(books: Books, errors: Errors, random: Random) -> None:
    """Their order does: of two events of one moment the lesser id comes first, so all names take the same prefix."""
    named = {*NAMES, "order_id", "external_id", "source_event_id", "from_location", "to_location", "fee_id", "kit_sku",
             "component_sku"}  # fmt: skip
    wrong = books.with_errors(errors)
    renamed = {
        name: [{key: f"new {value}" if key in named and value else value for key, value in row.items()} for row in rows]
        for name, rows in wrong.tables.items()
    }
    found = run(Books(renamed, books.policy))
    for row in found.corrections:
        row.update({key: row[key].removeprefix("new ") for key in NAMES if row[key]})
    assert lines(found) == lines(run(wrong))


def a_line_may_come_in_two(books: Books, errors: Errors, random: Random) -> None:
    wrong = books.with_errors(errors)
    ledger = wrong.tables["gl_lines"]
    halves = [row | {"line_no": f"{row['line_no']}a", "amount": row["amount"] - 1} for row in ledger]
    halves += [row | {"line_no": f"{row['line_no']}b", "amount": 1, "quantity": ""} for row in ledger]
    assert lines(run(wrong.with_ledger(halves))) == lines(run(wrong))


def money_of_another_size_gives_the_same(books: Books, errors: Errors, random: Random) -> None:
    wrong, times = books.with_errors(errors), random.choice((3, 10))
    money = ("amount", "unit_cost", "unit_price")
    scaled = {
        name: [{key: value * times if key in money else value for key, value in row.items()} for row in rows]
        for name, rows in wrong.tables.items()
    }
    usual = run(wrong)
    for row in usual.corrections:
        row["amount"] *= times
    assert lines(run(Books(scaled, books.policy))) == lines(usual)


def without_an_error_exactly_its_lines_are_gone(books: Books, errors: Errors, random: Random) -> None:
    gone = len(errors) - 1
    fixed = [row["correction_id"] for row in run(books.with_errors(errors[:gone])).corrections]
    (_, event), *_ = hits(books, errors)[len(hits(books, errors[:gone])) :]
    units = {event, f"X-{event}", f"M-{event}"}
    left = [row["correction_id"] for row in run(books.with_errors(errors)).corrections if row["event_id"] not in units]
    assert left == fixed


def what_makes_up_for_an_error_is_shown_beside_it(books: Books, errors: Errors, random: Random) -> None:
    both = run(books.with_errors([("made_up_for", random.randrange(100))])).corrections
    net: defaultdict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for row in both:
        net[row["role"], row["sku"], row["location"], row["channel"], row["period"]] += row["amount"]
    assert set(net.values()) == {0}
    assert len({row["event_id"] for row in both}) == 2
    assert "unsupported_manual_je" in {row["cause"] for row in both}


CHECKS = (
    both_identities_hold, every_error_is_found_and_nothing_else, the_order_of_rows_does_not_matter,
    names_do_not_matter, a_line_may_come_in_two, money_of_another_size_gives_the_same,
    without_an_error_exactly_its_lines_are_gone, what_makes_up_for_an_error_is_shown_beside_it,
)  # fmt: skip
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 30))])
def test_a_right_ledger_needs_no_correction(seed: int) -> None:
    result = run(company(seed))
    assert result.corrections == []
    assert len(result.expected) == len(result.recorded) > 100


@each_check
def test_an_error_of_every_kind(check: Check) -> None:
    check(company(0), [(kind, 7 * number) for number, kind in enumerate(KINDS)], Random(0))


@pytest.mark.long
@each_check
@settings(max_examples=20, phases=[Phase.generate], derandomize=True, database=None, deadline=None)
@given(seed=st.integers(1, 30), errors=PLANTED, random=st.randoms(use_true_random=False))
def test_planted_errors_in_many_companies(check: Check, seed: int, errors: Errors, random: Random) -> None:
    check(company(seed), errors, random)
