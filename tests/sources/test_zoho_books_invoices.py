"""Invoices and payments that a connector makes in Zoho Books of a settlement: two lines of the ledger each."""

from __future__ import annotations

from decimal import Decimal

from exported import Loaded

INVOICES = "source_file = 'exports/zoho_books_invoices/Invoice_90002.csv'"
PAYMENTS = "source_file = 'exports/zoho_books_payments/Payment_90002.csv'"


def test_an_invoice_is_owed_to_us_and_sold_under_its_order_or_settlement(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select journal_id, line_no, account, amount, sku, external_id, document from gl_lines"
        f" where {INVOICES} order by journal_id, line_no"
    )
    first, second = "invoice AMZN0000011 90002", "invoice AMZN0000012 90002"
    receivable, order = "Accounts Receivable", "701-0000011-0000011"
    assert lines == [
        (first, "1", receivable, Decimal("20.00"), None, order, "90002"),
        (first, "2", "Sales", Decimal("-20.00"), "JAR", order, "90002"),
        (first, "3", receivable, Decimal("4.50"), None, order, "90002"),
        (first, "4", "Sales", Decimal("-4.50"), "LID", order, "90002"),
        (second, "1", receivable, Decimal("7.25"), None, "90002", "90002"),
        (second, "2", "Sales", Decimal("-7.25"), "JAR", "90002", "90002"),
    ]


def test_a_void_invoice_books_nothing_and_is_counted(loaded: Loaded) -> None:
    rejected = loaded.rows(f"select row, reason from rejected_rows where {INVOICES.replace('source_file', 'file')}")
    assert rejected == [(5, "a void invoice books nothing")]


def test_a_payment_moves_what_is_owed_to_the_account_that_it_went_through(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select journal_id, account, amount, external_id, document from gl_lines"
        f" where {PAYMENTS} order by journal_id, line_no"
    )
    first, second = "payment AMZN0000011 90002", "payment AMZN0000014 90002"
    assert lines == [
        (first, "Marketplace Clearing", Decimal("24.50"), "90002", "90002"),
        (first, "Accounts Receivable", Decimal("-24.50"), "90002", "90002"),
        (second, "Bank", Decimal("8.00"), "90002", "90002"),
        (second, "Accounts Receivable", Decimal("-8.00"), "90002", "90002"),
    ]
