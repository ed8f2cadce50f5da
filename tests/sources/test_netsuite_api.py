"""NetSuite's ledger as Fivetran lands it: accounting lines look up transactions, lines, accounts, items and places."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from exported import Loaded

FILE = "exports/netsuite_api_accounting_lines/transaction_accounting_line.csv"


def test_lines_know_account_day_item_and_place(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select journal_id, line_no, account, amount, effective_date, posted_at, sku, quantity, location, document,"
        f" is_manual from gl_lines where source_file = '{FILE}' order by journal_id, line_no"
    )
    sold, booked = date(2025, 10, 3), datetime(2025, 10, 3, 10, 34, 43, tzinfo=UTC)
    fixed, later = date(2025, 10, 31), datetime(2025, 11, 2, 9, tzinfo=UTC)
    by_hand = ("JOURNAL7", True)
    assert lines == [
        ("5914", "0", "1100", 120, sold, booked, None, None, None, "INV-88", False),
        ("5914", "1", "4000-NS", -100, sold, booked, "NS-MUG", 2, "Portland", "INV-88", False),
        ("5914", "2", "2200-NS", -20, sold, booked, None, None, None, "INV-88", False),
        ("5915", "0", "Corrections (NetSuite)", Decimal("7.50"), fixed, later, None, None, None, *by_hand),
        ("5915", "1", "4000-NS", Decimal("-7.50"), fixed, later, None, None, None, *by_hand),
    ]


def test_other_books_and_earlier_states_are_left_out_with_the_reason(loaded: Loaded) -> None:
    rejected = loaded.rows(
        "select split_part(file, '/', -1), row, reason from rejected_rows where file like '%/netsuite_api%' order by 1"
    )
    assert rejected == [
        ("location.csv", 3, "an earlier state of a location"),
        ("transaction.csv", 4, "an earlier state of a transaction"),
        ("transaction_accounting_line.csv", 5, "not of the primary accounting book"),
        ("transactions.csv", 4, "deleted in NetSuite"),
    ]


def test_places_and_accounts_have_their_names(loaded: Loaded) -> None:
    assert loaded.rows("select name from locations where location = 'Portland'") == [("West : Portland",)]
    assert loaded.rows("select name from gl_accounts where account = '4000-NS'") == [("Sales (NetSuite)",)]


def test_the_older_connector_of_fivetran_says_the_same_in_other_words(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select journal_id, line_no, account, amount, effective_date, sku, quantity, location, document from gl_lines"
        " where source_file = 'exports/netsuite_api_accounting_lines/transaction_lines.csv' order by line_no"
    )
    day = date(2025, 10, 6)
    assert lines == [
        ("8801", "0", "1200-ST", Decimal("59.95"), day, None, None, None, "INV-501"),
        ("8801", "1", "4000-ST", Decimal("-59.95"), day, "ST-LAMP", 1, "Leeds", "INV-501"),
        ("8801", "2", "5000-ST", Decimal("21.40"), day, "ST-LAMP", None, "Leeds", "INV-501"),
        ("8801", "3", "1400-ST", Decimal("-21.40"), day, "ST-LAMP", 1, "Leeds", "INV-501"),
    ]
    assert loaded.rows("select name from locations where location = 'Leeds'") == [("North : Leeds",)]
