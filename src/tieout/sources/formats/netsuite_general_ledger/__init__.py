"""NetSuite's general ledger as a saved search: one row a posting line, the internal id on every one."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_general_ledger",
    title="NetSuite general ledger (saved search)",
    takes=takes("""
        *internal_id *date period=posting_period *type *document_number *account account_number=number
        *debit=debit_amount|amount_debit *credit=credit_amount|amount_credit location item quantity
        date_created last_modified
    """),
    drops=drops("""
        name memo subsidiary department class currency exchange_rate amount amount_foreign_currency created_by line_id
        main_line status posting account_name account_type
    """),
    fills=("gl_lines", "gl_accounts"),
    dates=("date", "date_created", "last_modified"),
    skips="internal_id is null",
    blanks=("- None -",),
    prepares=("netsuite_ledger_accounts",),
    is_ragged=True,
    has_controls=True,
)
