"""QuickBooks' products and services as Fivetran lands them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_items",
    title="QuickBooks items (API table)",
    takes=takes("""
        *id *name *type *stock_keeping_unit *track_quantity_on_hand *quantity_on_hand unit_price *_fivetran_synced
        _fivetran_deleted
    """),
    drops=drops("""
        active asset_account_id created_at description expense_account_id fully_qualified_name income_account_id
        inventory_start_date level parent_item_id purchase_cost purchase_description purchase_tax_code_id
        purchase_tax_included sales_tax_code_id sales_tax_included sub_item sync_token taxable updated_at
    """),
    fills=("items", "stock_snapshots"),
    zone="UTC",
    dates=("_fivetran_synced",),
    leaves_out={"lower(_fivetran_deleted) = 'true'": "deleted in QuickBooks"},
)
