"""QuickBooks' bundles as Fivetran lands them: sold as one, kept as their items."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_bundles",
    title="QuickBooks bundles (API table)",
    takes=takes("*id *name *print_grouped_items unit_price _fivetran_deleted"),
    drops=drops("""
        active created_at description fully_qualified_name purchase_cost sync_token taxable updated_at
    """),
    fills=("items",),
    document=("id",),
    leaves_out={"lower(_fivetran_deleted) = 'true'": "deleted in QuickBooks"},
)
