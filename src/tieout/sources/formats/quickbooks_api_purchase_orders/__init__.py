"""Heads of QuickBooks' purchase orders as Fivetran lands them; their lines look them up."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_purchase_orders",
    title="QuickBooks purchase orders (API table)",
    takes=takes(
        "*id *vendor_id *vendor_address_id *transaction_date *due_date *status updated_at currency_id _fivetran_deleted"
    ),
    drops=drops("""
        class_id created_at custom_customer_type custom_p_o_number doc_number exchange_rate
        global_tax_calculation memo payable_account_id private_note sales_term_id shipping_address_id sync_token
        tax_code_id total_amount total_tax
    """),
    fills=(),
    document=("id",),
    zone="UTC",
    dates=("transaction_date", "due_date", "updated_at"),
)
