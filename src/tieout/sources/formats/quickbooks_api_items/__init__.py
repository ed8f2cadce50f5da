"""QuickBooks' products and services as Fivetran and Airbyte land them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_items",
    title="QuickBooks items (API table)",
    takes=takes("""
        *id *name *type stock_keeping_unit=sku *track_quantity_on_hand=track_qty_on_hand *quantity_on_hand=qty_on_hand
        unit_price landed_at=_fivetran_synced|_airbyte_extracted_at income_account_id=income_account_ref__value
        expense_account_id=expense_account_ref__value asset_account_id=asset_account_ref__value
        income_account_ref expense_account_ref asset_account_ref _fivetran_deleted
    """),
    drops=drops("""
        active created_at description domain fully_qualified_name inv_start_date inventory_start_date level meta_data
        parent_item_id parent_ref purchase_cost purchase_desc purchase_description purchase_tax_code_id
        purchase_tax_included sales_tax_code_id sales_tax_included sparse sub_item sync_token taxable updated_at
    """),
    fills=("items", "stock_snapshots"),
    zone="UTC",
    dates=("landed_at",),
    within={
        "income_account_id": "income_account_ref.value",
        "expense_account_id": "expense_account_ref.value",
        "asset_account_id": "asset_account_ref.value",
    },
    leaves_out={"lower(_fivetran_deleted) = 'true'": "deleted in QuickBooks"},
)
