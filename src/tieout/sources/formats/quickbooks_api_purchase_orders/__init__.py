"""QuickBooks' purchase orders as Fivetran (``purchase_order``) and Airbyte (``purchase_orders``) land them.

Airbyte's hold their lines; Fivetran's are heads, which their lines look up.
"""

from tieout.sources.format import Format, drops, nested, takes
from tieout.sources.formats.quickbooks_api_purchase_order_lines import FORMAT as LINES

_DETAIL = "ItemBasedExpenseLineDetail"

FORMAT = Format(
    name="quickbooks_api_purchase_orders",
    title="QuickBooks purchase orders (API table)",
    takes=takes("""
        *id vendor_id *transaction_date=txn_date *due_date *status=po_status updated_at currency_id vendor_ref meta_data
        currency_ref line _fivetran_deleted
    """),
    drops=drops("""
        apaccount_ref class_id class_ref created_at custom_customer_type custom_field custom_p_o_number department_ref
        doc_number domain email_status exchange_rate global_tax_calculation linked_txn memo payable_account_id
        private_note sales_term_id sales_term_ref ship_addr ship_to shipping_address_id sparse sync_token tax_code_id
        total_amount total_amt total_tax txn_tax_detail vendor_addr vendor_address_id
    """),
    fills=(),
    document=("id",),
    zone="UTC",
    dates=("transaction_date", "due_date", "updated_at"),
    within={
        "vendor_id": "vendor_ref.value",
        "updated_at": "meta_data.LastUpdatedTime",
        "currency_id": "currency_ref.value",
    },
    holds=(
        nested(
            "line",
            LINES,
            f"""
            purchase_order_id=^id index=# item_expense_item_id={_DETAIL}.ItemRef.value
            item_expense_quantity={_DETAIL}.Qty item_expense_unit_price={_DETAIL}.UnitPrice
            """,
        ),
    ),
)
