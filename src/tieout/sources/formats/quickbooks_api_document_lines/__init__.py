"""Lines of QuickBooks' invoices, bills and other documents as Fivetran lands them; with their heads they make entries.

QuickBooks posts more than these tables tell: the cost of what is sold of inventory items.
"""

from tieout.sources.format import Format, drops, takes

_ID = """coalesce(
    deposit_id, invoice_id, sales_receipt_id, credit_memo_id, refund_id, bill_id, purchase_id, vendor_credit_id
)"""
_IN_LEDGER = "select transaction_id from quickbooks_dbt_general_ledger where transaction_source <> 'journal_entry'"

FORMAT = Format(
    name="quickbooks_api_document_lines",
    title="QuickBooks lines of documents (API table)",
    takes=takes("""
        *index *amount *line_account_id=sales_item_account_id|account_expense_account_id|deposit_account_id account_id
        discount_account_id line_item_id=sales_item_item_id|item_expense_item_id item_id
        line_quantity=sales_item_quantity|item_expense_quantity quantity bundle_id detail_type sub_total_item_id
        invoice_id sales_receipt_id credit_memo_id refund_id bill_id purchase_id vendor_credit_id deposit_id
    """),
    drops=drops("""
        account_expense_billable_status account_expense_class_id account_expense_customer_id
        account_expense_tax_amount account_expense_tax_code_id bundle_quantity deposit_check_number deposit_class_id
        deposit_customer_id deposit_payment_method_id deposit_tax_applicable_on deposit_tax_code_id
        deposit_transaction_type description description_service_date description_tax_code_id discount_class_id
        discount_discount_percent discount_percent_based discount_tax_code_id expense_id
        item_expense_billable_status item_expense_class_id item_expense_customer_id item_expense_tax_code_id
        item_expense_unit_price journal_entry_id payment_id private_note refund_receipt_id sales_item_class_id
        sales_item_discount_amount sales_item_discount_rate sales_item_service_date sales_item_tax_code_id
        sales_item_unit_price tax_code_id transfer_id
    """),
    fills=("gl_lines",),
    uses=(
        "quickbooks_api_documents", "quickbooks_api_accounts", "quickbooks_api_items", "quickbooks_api_bundle_items",
        "quickbooks_dbt_general_ledger", "quickbooks_api_bundle_lines",
    ),
    skips="amount is null or sub_total_item_id is not null or detail_type in ('SubTotalLineDetail', 'DescriptionOnly')",
    leaves_out={
        f"{_ID} in (select id from quickbooks_api_documents where is_data and transaction_date is null)": (
            "deleted in QuickBooks, which leaves neither day nor amount of it"
        ),
        f"{_ID} not in (select id from quickbooks_api_documents where is_data)": (
            "of no document at hand: bring the table of invoices, bills or whatever it is, too"
        ),
        f"{_ID} in ({_IN_LEDGER})": (
            "the general ledger of the dbt package has this document"
        ),
    },
    prepares=("quickbooks_api_document_lines_posted",),
    has_controls=True,
    has_findings=True,
)  # fmt: skip
