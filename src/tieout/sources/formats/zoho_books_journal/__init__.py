"""Zoho Books' journals: one row a line. Of the notes only an order's number is kept, which connectors write there."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="zoho_books_journal",
    title="Zoho Books journals",
    takes=takes("""
        *date=journal_date *reference_number journal_number *journal_type *gl_account=account|account_name
        account_code *debit *credit order_id=notes
    """),
    drops=drops("""
        description contact_name customer_name journal_number_prefix journal_number_suffix journal_status status
        currency exchange_rate project_name tax_name tax_percentage tax_type
    """),
    fills=("gl_lines", "gl_accounts"),
    books="zoho_books",
    dates=("date",),
    blanks=("nan",),
    keeps={"order_id": r"Order ID: *(\S+)"},
    prepares=("zoho_books_journal_lines",),
    has_controls=True,
)
