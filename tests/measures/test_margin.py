"""The profit of each book, from the planted truth by another way."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from measures.conftest import Planted

SIGNS = {"revenue": -1, "shipping_income": -1, "discounts": 1, "returns": 1, "cogs": 1}
STOCK_LOSSES = ("shrinkage", "write_off", "purchase_price_variance", "inventory_revaluation", "recoveries")


def total(lines: pd.DataFrame, *roles: str) -> Decimal:
    """Sum of the lines of some roles, Dr + / Cr −."""
    return sum(lines.loc[lines["role"].isin(roles), "amount"], Decimal(0))


@pytest.mark.parametrize("book", ["recorded", "corrected", "expected"])
def test_margin_is_that_of_the_planted_truth(planted: Planted, book: str) -> None:
    margin = planted.company.margin()
    for period, lines in planted.book(book).groupby("period"):
        row = margin[(margin["period"] == period) & (margin["book"] == book)].iloc[0]
        assert row["gross_profit"] == -total(lines, *SIGNS)
        assert row["stock_losses"] == total(lines, *STOCK_LOSSES)
        for role in ("revenue", "discounts", "returns", "cogs"):
            assert row[role] == SIGNS[role] * total(lines, role), (period, role)
