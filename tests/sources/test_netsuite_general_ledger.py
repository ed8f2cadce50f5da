"""NetSuite's general ledger: the internal id is an entry, its posting period rules, accounts go by their numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from exported import EXPORTS, Loaded, load, write_config

FILE = "source_file = 'exports/netsuite_general_ledger/GLDetail.csv'"


def test_lines_carry_item_place_and_document(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select line_no, account, amount, sku, quantity, location, external_id from gl_lines"
        f" where {FILE} and journal_id = '70001' order by line_no"
    )
    assert lines == [
        ("1", "1100", Decimal("110.00"), None, None, None, "SO1001"),
        ("2", "4010", Decimal("-100.00"), "MUG", Decimal(2), "East", "SO1001"),
        ("3", "2200", Decimal("-10.00"), None, None, None, "SO1001"),
    ]


def test_an_entry_counts_in_its_posting_period(loaded: Loaded) -> None:
    entries = loaded.rows(
        f"select journal_id, effective_date, posted_at from gl_lines where {FILE} group by all order by 1"
    )
    assert entries == [
        ("70001", date(2025, 10, 5), datetime(2025, 10, 5, 20, 12, tzinfo=UTC)),
        ("70002", date(2025, 10, 31), datetime(2025, 11, 3, 14, 5, tzinfo=UTC)),
        ("70003", date(2025, 10, 31), datetime(2025, 11, 1, 3, 59, tzinfo=UTC)),
    ]


def test_a_debit_in_brackets_is_a_credit(loaded: Loaded) -> None:
    lines = loaded.rows(f"select account, amount from gl_lines where {FILE} and journal_id = '70003' order by line_no")
    assert lines == [("Discounts Given", Decimal("11.00")), ("1100", Decimal("-11.00"))]


def test_names_lose_their_numbers(loaded: Loaded) -> None:
    accounts = loaded.rows(
        f"select account, name from gl_accounts where {FILE} and account in ('4010', '5000') order by 1"
    )
    assert accounts == [("4010", "Sales : Web Sales"), ("5000", "Cost of Goods Sold")]


def test_lines_of_entries_that_stand_apart_are_counted_for_each(tmp_path: Path) -> None:
    """By account, as a general ledger is printed."""
    header, *rows = (EXPORTS / "netsuite_general_ledger" / "GLDetail.csv").read_text(encoding="utf-8").splitlines()
    by_account = sorted(rows[:-1], key=lambda row: row.split(",")[5])
    (tmp_path / "GLDetail.csv").write_text("\n".join([header, *by_account]) + "\n", encoding="utf-8")
    told = load(write_config(tmp_path, '[[source]]\nformat = "auto"\npath = "GLDetail.csv"\n'))
    lines = told.rows("select journal_id, line_no from gl_lines order by source_row")
    seen: list[str] = []
    for (entry, line_no), row in zip(lines, by_account, strict=True):
        seen.append(row.split(",")[0])
        assert (entry, line_no) == (seen[-1], str(seen.count(entry)))
