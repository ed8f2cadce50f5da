"""Invoices that a connector makes in Zoho Books from a marketplace's settlement: one row an item."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="zoho_books_invoices",
    title="Zoho Books invoices of a settlement",
    takes=takes("""
        *invoice_date *invoice_number *invoice_status sku *invoice_line_amount *reference_number merchant_order_id
        *settlement_id
    """),
    drops=drops("customer-name quantity item-price notes row_id validation_flag"),
    fills=("gl_lines", "gl_accounts"),
    books="zoho_books",
    dates=("invoice_date",),
    blanks=("nan",),
    leaves_out={"lower(invoice_status) = 'void'": "a void invoice books nothing"},
)
