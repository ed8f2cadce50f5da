"""QuickBooks' payments, bill payments and transfers as Fivetran lands them, each in a table of its own."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_payments",
    title="QuickBooks payments and transfers (API table)",
    takes=takes("""
        *id *transaction_date *amount=total_amount *debited=deposit_to_account_id|to_account_id|payable_account_id
        *credited=receivable_account_id|from_account_id|check_bank_account_id credit_card_account_id pay_type
        unapplied_amount created_at updated_at currency_id exchange_rate _fivetran_deleted
    """),
    drops=drops("""
        check_print_status credit_card_amount credit_card_auth_code credit_card_billing_address_street
        credit_card_cc_expiry_month credit_card_cc_expiry_year credit_card_cctrans_id credit_card_name_on_account
        credit_card_postal_code credit_card_process_payment credit_card_status
        credit_card_transaction_authorization_time credit_card_type customer_id department_id doc_number
        payment_method_id private_note process_bill_payment process_payment reference_number sync_token
        transaction_source transaction_status vendor_id
    """),
    fills=("gl_lines",),
    zone="UTC",
    dates=("transaction_date", "created_at", "updated_at"),
    uses=("quickbooks_api_accounts", "quickbooks_dbt_general_ledger"),
    leaves_out={
        "transaction_date is null": "deleted in QuickBooks, which leaves neither day nor amount of it",
        "id in ("
        "select transaction_id from quickbooks_dbt_general_ledger where transaction_source <> 'journal_entry')": (
            "the general ledger of the dbt package has it"
        ),
    },
)
