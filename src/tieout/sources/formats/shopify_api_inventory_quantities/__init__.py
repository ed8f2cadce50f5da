"""Quantities of Shopify's inventory levels, by kind, as Fivetran (``inventory_quantity``) and Airbyte land them."""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_tables import known_columns

FORMAT = Format(
    name="shopify_api_inventory_quantities",
    title="Shopify inventory quantities (API table)",
    takes=takes("*inventory_item_id *inventory_level_id *name *quantity"),
    drops=drops(known_columns("id updated_at")),
    fills=(),
    document=("inventory_item_id", "inventory_level_id"),
)
