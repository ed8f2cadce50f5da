"""QuickBooks' general ledger as Fivetran's dbt package makes it of the landed tables (``quickbooks__general_ledger``).

It has all that posts, of invoices, bills and payments, too, which the landed tables leave to be worked out.
"""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_dbt_general_ledger",
    title="QuickBooks general ledger (Fivetran's dbt package)",
    takes=takes("""
        *unique_id *transaction_id *transaction_date *amount *account_id account_number account_name is_sub_account
        parent_account_name *transaction_type *transaction_source *account_transaction_type *adjusted_amount
        adjusted_converted_amount
    """),
    drops=drops("""
        transaction_index source_relation customer_id vendor_id class_id department_id parent_account_number
        account_type account_sub_type financial_statement_helper account_current_balance account_class running_balance
        running_converted_balance
    """),
    fills=("gl_lines", "gl_accounts"),
    dates=("transaction_date",),
    uses=("quickbooks_api_accounts", "quickbooks_api_journal_entries", "quickbooks_api_journal_entry_lines"),
    leaves_out={
        "transaction_source = 'journal_entry'"
        " and transaction_id in (select journal_entry_id from quickbooks_api_journal_entry_lines)": (
            "the table of journal entry lines has this entry"
        ),
    },
    prepares=("quickbooks_dbt_ledger_accounts",),
    has_controls=True,
)
