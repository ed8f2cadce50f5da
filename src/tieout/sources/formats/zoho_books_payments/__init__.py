"""Payments that a connector makes in Zoho Books from a marketplace's settlement: one row an invoice."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="zoho_books_payments",
    title="Zoho Books payments of a settlement",
    takes=takes("*invoice_number *payment_amount *payment_date *paid_through_account *payment_mode *settlement_id"),
    drops=drops("customer-name description reference-number"),
    fills=("gl_lines", "gl_accounts"),
    books="zoho_books",
    dates=("payment_date",),
)
