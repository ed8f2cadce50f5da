"""Zoho Books' journals: a reference and a day are one journal, a line names the order that its notes name."""

from __future__ import annotations

from decimal import Decimal

from exported import Loaded

FILE = "source_file = 'exports/zoho_books_journal/Journal_90001.csv'"


def test_a_line_is_debit_less_credit_under_its_order_or_settlement(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select line_no, account, amount, external_id, document from gl_lines"
        f" where {FILE} and journal_id = '90001 2025-10-14' order by line_no"
    )
    assert lines == [
        ("1", "Marketplace Clearing", Decimal("-40.00"), "701-0000001-0000001", "90001"),
        ("2", "Marketplace Revenue", Decimal("-5.00"), "701-0000001-0000001", "90001"),
        ("3", "Selling Fees", Decimal("6.00"), "701-0000001-0000001", "90001"),
        ("4", "Marketplace Clearing", Decimal("10.00"), "701-0000002-0000002", "90001"),
        ("5", "Account Fees", Decimal("29.00"), "90001", "90001"),
        ("6", "Marketplace Clearing", Decimal("-29.00"), "90001", "90001"),
        ("7", "Bank", Decimal("29.00"), "90001", "90001"),
    ]


def test_notes_give_an_order_and_nothing_else(loaded: Loaded) -> None:
    assert loaded.rows(f"select distinct memo from gl_lines where {FILE}") == [(None,)]


def test_the_accounts_come_with_their_names_and_no_role(loaded: Loaded) -> None:
    accounts = loaded.rows("select account, name, role from gl_accounts where account = 'Selling Fees'")
    assert accounts == [("Selling Fees", "Selling Fees", None)]
