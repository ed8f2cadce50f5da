"""How figures are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tieout.charts import wording


@pytest.mark.parametrize(
    ("amount", "currency", "decimals", "text"),
    [
        ("1234.5", "USD", 0, "$1,235"),
        ("-1234.5", "GBP", 0, "−£1,235"),
        ("0.4", "EUR", 0, "€0"),
        ("-0.4", "EUR", 0, "€0"),
        ("1234.567", "KWD", 3, "KWD\N{NO-BREAK SPACE}1,234.567"),
    ],
)
def test_money(amount: str, currency: str, decimals: int, text: str) -> None:
    assert wording.money(Decimal(amount), currency, decimals) == text


@pytest.mark.parametrize(("amount", "text"), [("12", "+$12"), ("-12", "−$12"), ("0.2", "$0"), ("0", "$0")])
def test_signed_money(amount: str, text: str) -> None:
    assert wording.signed_money(Decimal(amount), "USD") == text


def test_only_the_first_letter_changes_within_and_at_the_start_of_a_sentence() -> None:
    assert wording.beginning("profit too high by CAD 60") == "Profit too high by CAD 60"
    assert wording.inside("Goods at FBA never booked") == "goods at FBA never booked"


def test_ratios() -> None:
    assert wording.percent(0.42361) == "42.4%"
    assert wording.percent(-0.05) == "−5.0%"
    assert wording.percent(-0.0004) == "0.0%"
    assert wording.points(-0.0123) == "−1.23 points"
    assert wording.points(0.1) == "+10.00 points"
    assert wording.points(0.0) == wording.points(-0.00004) == "0.00 points"


def test_periods() -> None:
    assert wording.period_title("2025-06") == "June 2025"
    assert wording.period_title("FY25-P06") == "FY25-P06"
    assert wording.period_title("2025-13") == "2025-13"
    assert wording.period_label("2025-06") == "Jun 25"
