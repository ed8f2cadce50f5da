"""Xero's journals: a number is an entry; without numbers, what stands together under one reference."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from exported import Loaded

NUMBERED = "source_file = 'exports/xero_journals/Harbour_Pine_-_Journals.csv'"
DETAIL = "source_file = 'exports/xero_journals/general_ledger_detail.csv'"


def test_a_journal_number_is_an_entry(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select journal_id, account, amount, effective_date, external_id from gl_lines where {NUMBERED}"
        " order by source_row"
    )
    assert lines == [
        ("301", "610", Decimal("3245.00"), date(2025, 10, 2), "INV-0301"),
        ("301", "200", Decimal("-3000.00"), date(2025, 10, 2), "INV-0301"),
        ("301", "820", Decimal("-245.00"), date(2025, 10, 2), "INV-0301"),
        ("302", "310", Decimal("12.50"), date(2025, 10, 3), "MJ-7"),
        ("302", "630", Decimal("-12.50"), date(2025, 10, 3), "MJ-7"),
        ("303", "200", Decimal("30.00"), date(2025, 10, 4), "CN-0301"),
        ("303", "610", Decimal("-30.00"), date(2025, 10, 4), "CN-0301"),
    ]


def test_without_numbers_day_source_and_reference_are_one(loaded: Loaded) -> None:
    entries = loaded.rows(
        f"select journal_id, count(*), sum(amount) from gl_lines where {DETAIL} group by 1 order by 1"
    )
    assert entries == [
        ("2025-11-05 Spend Money F1", 2, 0),
        ("2025-11-05 Spend Money F1 #2", 2, 0),
        ("2025-11-05 Spend Money F2", 2, 0),
        ("2025-11-14 Spend Money F1", 2, 0),
    ]


def test_an_account_without_a_code_goes_by_its_name(loaded: Loaded) -> None:
    assert loaded.rows(f"select distinct account from gl_lines where {DETAIL} order by 1") == [
        ("404",), ("Business Bank Account",)
    ]  # fmt: skip
