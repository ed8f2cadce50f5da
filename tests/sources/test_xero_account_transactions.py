"""Xero's account transactions: sections are accounts, lines of one document an entry, balances a trial balance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from exported import Loaded

FILE = "source_file like 'exports/xero_account_transactions/%'"


def test_the_lines_of_a_document_are_one_entry_over_all_sections(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select account, amount, effective_date, external_id, document from gl_lines"
        f" where {FILE} and journal_id = '2025-10-05 Receivable Invoice #1001' order by line_no"
    )
    day = date(2025, 10, 5)
    assert lines == [
        ("Accounts Receivable", Decimal("110.00"), day, "#1001", "#1001"),
        ("820", Decimal("-10.00"), day, "#1001", "#1001"),
        ("200", Decimal("-100.00"), day, "#1001", "#1001"),
    ]


def test_a_document_booked_twice_is_two_entries(loaded: Loaded) -> None:
    entries = loaded.rows(
        f"select journal_id, count(*), sum(amount) from gl_lines where {FILE} and document = '#1002'"
        " group by 1 order by 1"
    )
    assert entries == [
        ("2025-10-06 Receivable Invoice #1002", 3, 0),
        ("2025-10-06 Receivable Invoice #1002 #2", 3, 0),
    ]


def test_lines_without_a_reference_pair_by_amount(loaded: Loaded) -> None:
    entries = loaded.rows(
        f"select journal_id, sum(amount), list(account order by account) from gl_lines"
        f" where {FILE} and document is null group by 1 order by 1"
    )
    assert entries == [
        ("2025-10-07 Spend Money 4.50", 0, ["425", "Business Bank Account"]),
        ("2025-10-07 Spend Money 8.00", 0, ["425", "Business Bank Account"]),
    ]


def test_running_balances_are_a_trial_balance_of_each_month(loaded: Loaded) -> None:
    balances = loaded.rows(f"select period, account, opening, closing from trial_balance where {FILE} order by all")
    assert balances == [
        ("2025-10", "200", 0, -200),
        ("2025-10", "425", 0, Decimal("12.50")),
        ("2025-10", "630", 600, 600),
        ("2025-10", "820", -30, -50),
        ("2025-10", "Accounts Receivable", 200, 420),
        ("2025-10", "Business Bank Account", 1000, Decimal("987.50")),
        ("2025-11", "200", -200, -190),
        ("2025-11", "820", -50, -49),
        ("2025-11", "Accounts Receivable", 420, 409),
    ]


def test_codes_come_out_of_the_headings(loaded: Loaded) -> None:
    accounts = loaded.rows(
        f"select account, name from gl_accounts where {FILE} and account in ('820', '425') order by 1"
    )
    assert accounts == [("425", "Postage"), ("820", "Sales Tax")]
