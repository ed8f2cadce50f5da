"""QuickBooks' tables as Fivetran and Airbyte land them: lines look up heads, items and accounts by their ids."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from exported import Loaded


def test_journal_entries_get_their_sign_and_day(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select journal_id, line_no, account, amount, transaction_amount, effective_date, document, deleted_at"
        " from gl_lines where source_file like 'exports/quickbooks_api_journal_entry_lines/journal%'"
        " order by journal_id, line_no"
    )
    day, gone = date(2025, 10, 20), datetime(2025, 10, 21, 9, tzinfo=UTC)
    assert lines == [
        ("61", "0", "Shrinkage:Damaged", 13, 13, date(2025, 10, 31), "ADJ-1", None),
        ("61", "1", "Inventory Asset", -13, -13, date(2025, 10, 31), "ADJ-1", None),
        ("62", "0", "Shrinkage:Damaged", 11, 10, day, "ADJ-2", gone),
        ("62", "1", "99", -11, -10, day, "ADJ-2", gone),
    ]
    told = loaded.rows(
        "select quantity from load_findings where finding = 'partial_ledger' and id like '%/journal_entry_line.csv'"
    )
    assert told == [(4,)]


def test_a_bundle_is_a_kit_of_items(loaded: Loaded) -> None:
    items = loaded.rows("select sku, kit_type, list_price from items where sku in ('Mug Pair', 'QB-MUG') order by 1")
    assert items == [("Mug Pair", "virtual", 36), ("QB-MUG", None, 20)]
    parts = loaded.rows("select component_sku, quantity from kit_components where kit_sku = 'Mug Pair'")
    assert parts == [("QB-MUG", 2)]


def test_what_is_on_hand_is_a_snapshot_of_what_is_tracked(loaded: Loaded) -> None:
    rows = loaded.rows("select sku, quantity, taken_at from stock_snapshots where system = 'quickbooks'")
    assert sorted(rows) == [
        ("QB-JUG", 17, datetime(2025, 11, 21, 5, tzinfo=UTC)),
        ("QB-MUG", 120, datetime(2025, 11, 1, 3, 58, 54, tzinfo=UTC)),
    ]


def test_purchase_orders_are_lines_of_items(loaded: Loaded) -> None:
    rows = loaded.rows(
        "select po_id, line_no, vendor, sku, quantity, unit_price, closed_at from purchase_lines order by 1"
    )
    closed = datetime(2025, 10, 22, 19, 46, 57, tzinfo=UTC)
    assert rows == [
        ("371", "0", "780", "QB-JUG", 50, Decimal("6.25"), None),
        ("71", "0", "780", "QB-MUG", 100, Decimal("6.5"), closed),
    ]


def test_an_account_that_a_later_extract_repeats_is_no_lost_row(loaded: Loaded) -> None:
    counts = loaded.rows(
        "select rows_loaded, rows_rejected from source_files"
        " where file like 'exports/quickbooks_api_accounts/account%' and not contains(file, 'documents')"
    )
    assert counts == [(2, 0), (2, 0)]


def test_entries_that_hold_their_lines_are_the_same(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select journal_id, line_no, account, amount, effective_date, posted_at, document from gl_lines"
        " where source_file like 'exports/quickbooks_api_journal_entries/airbyte%#line' order by line_no"
    )
    day, posted = date(2025, 11, 10), datetime(2025, 11, 10, 17, tzinfo=UTC)
    assert lines == [
        ("361", "0", "Cost of Sales:Duty", Decimal("12.50"), day, posted, "ADJ-9"),
        ("361", "1", "304", Decimal("-12.50"), day, posted, "ADJ-9"),
    ]


def test_lines_of_dlt_find_their_entry_by_its_own_number(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select journal_id, line_no, account, amount, effective_date, document from gl_lines"
        " where source_file like '%/dlt_journal_entry__line.csv' order by line_no"
    )
    day = date(2025, 11, 12)
    assert lines == [
        ("381", "0", "Cost of Sales:Duty", Decimal("9.50"), day, "ADJ-7"),
        ("381", "1", "304", Decimal("-9.50"), day, "ADJ-7"),
    ]
