"""Xero's journals as connectors land them: lines look up their journal, or stand inside of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from exported import Loaded


def test_lines_have_the_day_and_origin_of_their_journal(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select journal_id, line_no, account, amount, effective_date, external_id, document, is_manual from gl_lines"
        " where source_file = 'exports/xero_api_journal_lines/xero_journal_line.csv' order by line_no"
    )
    assert lines == [
        ("j-1", "l-1", "610", 120, date(2025, 10, 3), "inv-1", "INV-1", False),
        ("j-1", "l-2", "200", -100, date(2025, 10, 3), "inv-1", "INV-1", False),
        ("j-1", "l-3", "820", -20, date(2025, 10, 3), "inv-1", "INV-1", False),
        ("j-2", "l-4", "Main Bank", Decimal("-7.50"), date(2025, 10, 5), None, None, True),
        ("j-2", "l-5", "404", Decimal("7.50"), date(2025, 10, 5), None, None, True),
    ]


def test_the_times_of_the_api_are_read(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select line_no, account, amount, effective_date, posted_at from gl_lines"
        " where source_file = 'exports/xero_api_journals/airbyte_journals.csv#journal_lines' order by line_no"
    )
    first, second = datetime(2025, 10, 5, 1, 10, 7, tzinfo=UTC), datetime(2025, 10, 8, 8, tzinfo=UTC)
    assert lines == [
        ("m-1", "610", Decimal("60.10"), date(2025, 10, 4), first),
        ("m-2", "200", Decimal("-60.10"), date(2025, 10, 4), first),
        ("m-3", "Main Bank", -5, date(2025, 10, 7), second),
        ("m-4", "404", 5, date(2025, 10, 7), second),
    ]


def test_a_day_that_dlt_made_a_moment_stays_that_day(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select journal_id, line_no, amount, effective_date, posted_at from gl_lines"
        " where source_file = 'exports/xero_api_journal_lines/journals__journal_lines.csv' order by line_no"
    )
    day, posted = date(2025, 10, 9), datetime(2025, 10, 9, 8, tzinfo=UTC)
    assert lines == [("n-1", "o-1", 45, day, posted), ("n-1", "o-2", -45, day, posted)]


def test_accounts_go_by_code_else_by_name(loaded: Loaded) -> None:
    accounts = loaded.rows("select account, name from gl_accounts where account in ('200', 'Main Bank', '999')")
    assert sorted(accounts) == [("200", "Sales"), ("Main Bank", "Main Bank")]
    file = "exports/xero_api_accounts/xero_account.csv"
    assert loaded.rows(f"select reason from rejected_rows where file = '{file}'") == [("deleted in Xero",)]


def test_heads_are_looked_up_and_not_lost(loaded: Loaded) -> None:
    file = "exports/xero_api_journals/xero_journal.csv"
    assert loaded.rows(f"select \"table\", rows_loaded from source_files where file = '{file}'") == [("", 2)]


def test_the_ledger_of_the_dbt_package_has_days_and_origins_on_each_line(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select journal_id, line_no, account, amount, effective_date, external_id, document, is_manual from gl_lines"
        " where source_file = 'exports/xero_dbt_general_ledger/xero__general_ledger.csv' order by line_no"
    )
    assert lines == [
        ("d-1", "k-1", "610", 120, date(2025, 10, 3), "inv-9", "INV-9", False),
        ("d-1", "k-2", "200", -120, date(2025, 10, 3), "inv-9", "INV-9", False),
    ]
