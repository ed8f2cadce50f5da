"""Xero's journals, one row a line: the journal report, or the general ledger detail with account codes."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="xero_journals",
    title="Xero journals",
    takes=takes("""
        *date=journal_date journal_number=journal_no|journal_id *source=source_type reference *account_code
        *account=account_name *debit *credit
    """),
    drops=drops("""
        description contact contact_name account_type tax tax_rate tax_amount tax_name gross net posted posted_by
        created_by currency tracking_category_1 tracking_category_2
    """),
    fills=("gl_lines", "gl_accounts"),
    dates=("date",),
    skips="account_code is null and account is null",
    prepares=("xero_journal_lines",),
    is_ragged=True,
    has_controls=True,
)
