"""QuickBooks' invoices, bills, payments and the like as Fivetran lands them: entries that QuickBooks writes itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from exported import EXPORTS, Loaded, load, write_config


def _posted(loaded: Loaded, journal: str) -> list[tuple[object, ...]]:
    return loaded.rows(
        f"select line_no, account, amount, sku, quantity from gl_lines where journal_id = '{journal}' order by line_no"
    )


def test_an_invoice_debits_what_is_owed_and_its_discount(loaded: Loaded) -> None:
    assert _posted(loaded, "invoice 481") == [
        ("0", "Sales of Goods", -60, "QB-VASE", 2),
        ("1", "Sales of Goods", -5, "Gift Wrap", 1),
        ("3", "Discounts Given", 8, None, None),
        ("4.0", "Sales of Goods", Decimal("-11.50"), "QB-VASE", None),
        ("4.1", "Discounts Given", Decimal("-0.50"), "Gift Wrap", 1),
        ("tax", "Sales Tax Payable", Decimal("-4.25"), None, None),
        ("total", "Debtors", Decimal("73.25"), None, None),
    ]
    heads = loaded.rows(
        "select distinct effective_date, posted_at, document, source from gl_lines where journal_id = 'invoice 481'"
    )
    assert heads == [(date(2025, 11, 3), datetime(2025, 11, 3, 9, tzinfo=UTC), "INV-481", "invoice")]


def test_a_refund_is_the_other_way_round_and_in_the_companys_currency(loaded: Loaded) -> None:
    assert _posted(loaded, "refund receipt 482") == [
        ("0", "Sales of Goods", Decimal("37.50"), "QB-VASE", 1),
        ("total", "Checking", Decimal("-37.50"), None, None),
    ]
    deleted = loaded.rows("select distinct deleted_at from gl_lines where journal_id = 'refund receipt 482'")
    assert deleted == [(datetime(2025, 11, 7, 9, 5, tzinfo=UTC),)]


def test_a_bill_debits_stock_for_items_that_are_kept(loaded: Loaded) -> None:
    assert _posted(loaded, "bill 483") == [
        ("0", "Stock", 80, "QB-VASE", 10),
        ("1", "Freight", 12, None, None),
        ("total", "Creditors", -92, None, None),
    ]


def test_a_deposit_takes_the_payment_to_the_bank_less_what_is_kept_in_cash(loaded: Loaded) -> None:
    assert _posted(loaded, "deposit 484") == [
        ("0", "Undeposited Funds", Decimal("-61.25"), None, None),
        ("cash back", "Savings", Decimal("11.25"), None, None),
        ("total", "Checking", 50, None, None),
    ]


def test_payments_and_transfers_move_money(loaded: Loaded) -> None:
    moved = {kind: _posted(loaded, kind) for kind in ("payment 491", "bill payment 492", "transfer 493")}
    assert moved == {
        "payment 491": [
            ("credit", "Debtors", Decimal("-61.25"), None, None),
            ("debit", "Undeposited Funds", Decimal("61.25"), None, None),
        ],
        "bill payment 492": [("credit", "Checking", -92, None, None), ("debit", "Creditors", 92, None, None)],
        "transfer 493": [("credit", "Checking", -20, None, None), ("debit", "Savings", 20, None, None)],
    }


def test_what_the_tables_do_not_tell_is_said(loaded: Loaded) -> None:
    findings = loaded.rows(
        "select split_part(id, '/', -1), quantity from load_findings where finding = 'partial_ledger'"
        " and contains(id, 'document_lines') order by 1"
    )
    assert findings == [("invoice_line.csv", 2), ("refund_receipt_line.csv", 1)]
    rejected = loaded.rows(
        "select row, reason from rejected_rows where file = 'exports/quickbooks_api_document_lines/invoice_line.csv'"
    )
    assert rejected == [(7, "of no document at hand: bring the table of invoices, bills or whatever it is, too")]


def test_the_tables_of_one_system_are_one_ledger(tmp_path: Path) -> None:
    for name in ("journal_entries/journal_entry", "journal_entry_lines/journal_entry_line", "payments/payment"):
        content = (EXPORTS / f"quickbooks_api_{name}.csv").read_bytes()
        (tmp_path / f"{Path(name).name}.csv").write_bytes(content)
    loaded = load(write_config(tmp_path, '[[source]]\nformat = "auto"\npath = "."\n'))
    findings = {finding for (finding,) in loaded.rows("select finding from load_findings")}
    assert "partial_ledger" in findings
    assert "several_ledgers" not in findings
