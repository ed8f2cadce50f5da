"""QuickBooks' general ledger from Fivetran's dbt package: signed by the side, in the company's currency."""

from __future__ import annotations

from datetime import date

from exported import Loaded

FILE = "exports/quickbooks_dbt_general_ledger/quickbooks__general_ledger.csv"


def test_lines_are_debit_positive_under_the_full_names_of_accounts(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select journal_id, line_no, account, amount, transaction_amount, effective_date, source, is_manual"
        f" from gl_lines where source_file = '{FILE}' order by line_no"
    )
    sold, fixed = date(2025, 10, 5), date(2025, 10, 31)
    assert lines == [
        ("invoice 901", "u1", "Accounts Receivable (A/R)", 132, 120, sold, "invoice", False),
        ("invoice 901", "u2", "Sales of Product Income:Web", -132, -120, sold, "invoice", False),
        ("journal_entry 902", "u3", "Shrinkage:Damaged", 13, 13, fixed, "journal entry", True),
        ("journal_entry 902", "u4", "Inventory Asset", -13, -13, fixed, "journal entry", True),
    ]
