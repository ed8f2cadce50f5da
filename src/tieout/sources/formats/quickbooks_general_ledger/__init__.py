"""QuickBooks Online's general ledger, and its transaction detail by account: a section an account, on its own side."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_general_ledger",
    title="QuickBooks Online general ledger, or transaction detail by account",
    takes=takes("""
        heading=#1 *date=transaction_date|trans_date *transaction_type=type *num=no
        account=account_full_name|distribution_account|full_name *split=split_account|item_split_account
        *amount balance debit credit transaction_id=trans_id|txn_id product_service=item|product_service_full_name
        quantity=qty location create_date=created last_modified
    """),
    drops=drops("""
        name memo description memo_description customer customer_project vendor employee class posting
        created_by last_modified_by currency exchange_rate adj cleared rate
    """),
    fills=("gl_lines", "gl_accounts", "trial_balance"),
    dates=("date", "create_date", "last_modified"),
    skips="transaction_type is null",
    prepares=(
        "quickbooks_ledger_sections",
        "quickbooks_ledger_rows",
        "quickbooks_ledger_accounts",
        "quickbooks_ledger_months",
    ),
    is_ragged=True,
    has_controls=True,
    has_findings=True,
)
