"""QuickBooks Online's general ledger: sections are accounts, their sides are told by what they are booked against."""

from __future__ import annotations

from decimal import Decimal

from exported import Loaded

FOLDER = "exports/quickbooks_general_ledger/Harbour_Pine"
LEDGER = f"source_file = '{FOLDER}_General_Ledger.csv'"
DETAIL = f"source_file = '{FOLDER}_Transaction_Detail_by_Account.csv'"


def test_amounts_turn_from_the_side_of_the_account_to_debits_and_credits(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select line_no, account, amount, external_id from gl_lines"
        f" where {LEDGER} and journal_id = '2026-11-05 Invoice 2001' order by line_no"
    )
    assert lines == [
        ("1", "1100", Decimal("110.00"), "2001"),
        ("2", "2200", Decimal("-10.00"), "2001"),
        ("3", "4000", Decimal("-20.00"), "2001"),
        ("4", "4000 Sales:Web", Decimal("-80.00"), "2001"),
    ]


def test_every_entry_balances_and_copies_are_entries_of_their_own(loaded: Loaded) -> None:
    entries = loaded.rows(
        f"select journal_id, count(*), sum(amount) from gl_lines where {LEDGER} group by 1 order by 1"
    )
    assert entries == [
        ("2026-11-04 Expense 4.50", 2, 0),
        ("2026-11-04 Expense 8.00", 2, 0),
        ("2026-11-05 Invoice 2001", 4, 0),
        ("2026-12-06 Invoice 2002", 2, 0),
        ("2026-12-06 Invoice 2002 #2", 2, 0),
        ("2026-12-09 Credit Memo 2003", 2, 0),
        ("2026-12-15 Check 2001", 2, 0),
    ]


def test_a_side_that_no_name_tells_is_told_by_the_other_line(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select account, amount from gl_lines where {LEDGER} and account = 'Facilities'"
        f" union all select account, amount from gl_lines where {DETAIL} and account = 'Windfalls'"
    )
    assert lines == [("Facilities", Decimal("800.00")), ("Windfalls", Decimal("-25.00"))]


def test_what_rests_on_a_name_alone_is_said(loaded: Loaded) -> None:
    found = loaded.rows(
        f"select message from load_findings where finding = 'assumed_account_side' and id like '{FOLDER}%'"
    )
    assert [message for (message,) in found if "credits: 4000 Sales;" in str(message)] != []


def test_lines_on_an_unknown_side_are_rejected(loaded: Loaded) -> None:
    rejected = loaded.rows(
        f"select row, reason from rejected_rows where file = '{FOLDER}_Transaction_Detail_by_Account.csv'"
    )
    assert [(row, "7.00 (debit or credit?)" in str(reason)) for row, reason in rejected] == [(17, True), (19, True)]
    ((message,),) = loaded.rows("select message from load_findings where finding = 'unknown_account_side'")
    assert "Pool A, Pool B; add the columns Debit and Credit" in str(message)


def test_running_balances_are_a_trial_balance_of_each_month(loaded: Loaded) -> None:
    balances = loaded.rows(f"select period, account, opening, closing from trial_balance where {LEDGER} order by all")
    assert balances == [
        ("2026-11", "1000", 1000, Decimal("987.50")),
        ("2026-11", "1100", 0, 110),
        ("2026-11", "1300", 600, 600),
        ("2026-11", "2200", -30, -40),
        ("2026-11", "3000", -1570, -1570),
        ("2026-11", "4000", 0, -20),
        ("2026-11", "4000 Sales:Web", 0, -80),
        ("2026-11", "6100", 0, 8),
        ("2026-11", "Office:Supplies", 0, Decimal("4.50")),
        ("2026-12", "1000", Decimal("987.50"), Decimal("187.50")),
        ("2026-12", "1100", 110, 200),
        ("2026-12", "4000 Sales:Web", -80, -170),
        ("2026-12", "Facilities", 0, 800),
    ]
