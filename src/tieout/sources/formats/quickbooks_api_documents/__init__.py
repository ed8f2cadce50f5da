"""Heads of QuickBooks' invoices, bills and other documents as Fivetran lands them, each kind in a table of its own.

Sales receipts, credit memos, refund receipts, purchases, vendor credits and deposits, too: lines tell which.
"""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_documents",
    title="QuickBooks invoices, bills and other documents (API table)",
    takes=takes("""
        *id *transaction_date *total_amount *global_tax_calculation payable_account_id account_id deposit_to_account_id
        credit doc_number created_at updated_at currency_id exchange_rate total_tax cash_back_account_id
        cash_back_amount _fivetran_deleted
    """),
    drops=drops("""
        allow_ipnpayment allow_online_achpayment allow_online_credit_card_payment allow_online_payment
        apply_tax_after_discount balance bill_email billing_address_id billing_bcc_email billing_cc_email
        billing_email cash_back_memo check_payment_account_number check_payment_bank_name check_payment_check_number
        check_payment_name_on_account check_payment_status class_id credit_card_amount credit_card_auth_code
        credit_card_billing_address_street credit_card_cc_expiry_month credit_card_cc_expiry_year
        credit_card_cctrans_id credit_card_name_on_account credit_card_postal_code credit_card_process_payment
        credit_card_status credit_card_transaction_authorization_time credit_card_type custom_p_o_number
        custom_sales_rep customer_id customer_memo delivery_time delivery_type department_id deposit due_date
        email_status employee_id home_balance home_total_amount payment_method_id payment_reference_number
        payment_type print_status private_note remaining_credit remit_to_address_id sales_term_id ship_date
        shipping_address_id sync_token tax_code_id tracking_number transaction_source transaction_status vendor_id
    """),
    fills=(),
    document=("id",),
    zone="UTC",
    dates=("transaction_date", "created_at", "updated_at"),
)
