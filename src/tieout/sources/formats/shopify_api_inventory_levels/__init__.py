"""Shopify's inventory levels as Fivetran (``inventory_level``) and Airbyte (``inventory_levels``) land them.

They are a state, not a history: that of the last time that the tool landed any of them.
"""

from tieout.sources.format import Format, drops, nested, takes
from tieout.sources.formats.shopify_api_inventory_quantities import FORMAT as QUANTITIES
from tieout.sources.formats.shopify_tables import known_columns

FORMAT = Format(
    name="shopify_api_inventory_levels",
    title="Shopify inventory levels (API table)",
    takes=takes("""
        id *inventory_item_id *location_id available *updated_at landed_at=_fivetran_synced|_airbyte_extracted_at
        quantities
    """),
    drops=drops(known_columns("can_deactivate created_at deactivation_alert")),
    fills=("stock_snapshots",),
    document=("inventory_item_id", "location_id"),
    zone="UTC",
    dates=("landed_at",),
    uses=("shopify_api_inventory_quantities", "shopify_api_inventory_items", "shopify_api_locations"),
    holds=(
        nested("quantities", QUANTITIES, "inventory_item_id=^inventory_item_id inventory_level_id=^id name quantity"),
    ),
    leaves_out={
        "inventory_item_id not in (select id from shopify_api_inventory_items where is_data)": (
            "of no inventory item at hand: bring that table, too (an item without a sku has no count)"
        ),
        "available is null and id not in (select inventory_level_id from shopify_api_inventory_quantities)": (
            "states no quantity: bring the table of inventory quantities, too"
        ),
    },
)
