"""QuickBooks Online's journal: a line a row; the first of an entry has its day, type and number; totals follow."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_journal",
    title="QuickBooks Online journal",
    takes=takes("""
        mark=#1 *date=transaction_date|trans_date *transaction_type=type *num=no
        *account=account_full_name|distribution_account|full_name *debit *credit transaction_id=trans_id|txn_id
    """),
    drops=drops("""
        name memo description memo_description customer vendor employee location class posting created_by last_modified
        last_modified_by create_date currency exchange_rate adj product_service
    """),
    fills=("gl_lines", "gl_accounts"),
    dates=("date",),
    skips="account is null and transaction_type is null",
    prepares=("quickbooks_journal_lines", "quickbooks_journal_accounts"),
    is_ragged=True,
    has_controls=True,
)
