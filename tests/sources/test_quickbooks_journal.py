"""QuickBooks Online's journal: entries begin with a day, end with their totals, and are counted where alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from exported import Loaded

JOURNAL = "source_file = 'exports/quickbooks_journal/Harbour_Pine_Journal.csv'"
REPEATED = "source_file = 'exports/quickbooks_journal/repeated.csv'"


def test_the_lines_under_a_day_are_one_entry(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select line_no, account, amount, effective_date, external_id, document from gl_lines"
        f" where {JOURNAL} and journal_id = '2025-10-05 Invoice 1001' order by line_no"
    )
    day = date(2025, 10, 5)
    assert lines == [
        ("1", "1100", Decimal("110.00"), day, "1001", "1001"),
        ("2", "4010", Decimal("-100.00"), day, "1001", "1001"),
        ("3", "2200", Decimal("-10.00"), day, "1001", "1001"),
    ]


def test_entries_that_look_alike_are_counted(loaded: Loaded) -> None:
    entries = loaded.rows(
        f"select journal_id, count(*), sum(amount) from gl_lines where {JOURNAL} group by 1 order by 1"
    )
    assert entries == [
        ("2025-10-05 Invoice 1001", 3, 0),
        ("2025-10-06 Expense", 3, 0),
        ("2025-10-07 Expense", 2, 0),
        ("2025-10-07 Expense #2", 2, 0),
        ("2025-10-08 Journal Entry JE-7", 2, 0),
        ("2025-10-09 Check 1001", 2, 0),
    ]


def test_a_debit_in_brackets_is_a_credit(loaded: Loaded) -> None:
    lines = loaded.rows(f"select account, amount from gl_lines where {JOURNAL} and document = 'JE-7' order by line_no")
    assert lines == [("5000", Decimal("-12.50")), ("1300", Decimal("12.50"))]


def test_the_number_of_a_check_names_no_order(loaded: Loaded) -> None:
    lines = loaded.rows(f"select external_id, document from gl_lines where {JOURNAL} and account = 'Rent'")
    assert lines == [(None, "1001")]


def test_where_each_line_repeats_the_day_a_gap_parts_entries(loaded: Loaded) -> None:
    entries = loaded.rows(f"select journal_id, count(*) from gl_lines where {REPEATED} group by 1 order by 1")
    assert entries == [
        ("2025-11-03 Invoice 1101", 2),
        ("2025-11-13 Invoice 1101", 2),
        ("2025-11-13 Invoice 1101 #2", 2),
    ]


def test_a_part_of_an_account_keeps_its_parent(loaded: Loaded) -> None:
    accounts = loaded.rows(f"select account, name from gl_accounts where {JOURNAL} and name like '%:%' order by 1")
    assert accounts == [
        ("Office Expenses:Merchant Fees", "Office Expenses:Merchant Fees"),
        ("Office Expenses:Supplies", "Office Expenses:Supplies"),
    ]
