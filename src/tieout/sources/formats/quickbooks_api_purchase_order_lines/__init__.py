"""Lines of QuickBooks' purchase orders as Fivetran and Airbyte land them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_purchase_order_lines",
    title="QuickBooks purchase order lines (API table)",
    takes=takes("*purchase_order_id *index *item_expense_item_id *item_expense_quantity *item_expense_unit_price"),
    drops=drops("""
        account_expense_account_id account_expense_billable_status account_expense_class_id
        account_expense_customer_id account_expense_tax_amount account_expense_tax_code_id amount description
        item_expense_billable_status item_expense_class_id item_expense_customer_id item_expense_tax_code_id
    """),
    fills=("purchase_lines",),
    leaves_out={"item_expense_item_id is null": "buys no item"},
    uses=("quickbooks_api_purchase_orders", "quickbooks_api_items"),
)
