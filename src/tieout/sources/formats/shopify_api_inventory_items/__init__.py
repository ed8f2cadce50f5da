"""Shopify's inventory items as Fivetran (``inventory_item``) and Airbyte (``inventory_items``) land them."""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_tables import known_columns

FORMAT = Format(
    name="shopify_api_inventory_items",
    title="Shopify inventory items (API table)",
    takes=takes("""
        *id *sku *country_code_of_origin cost=unit_cost_amount currency=unit_cost_currency_code|currency_code tracked
        _fivetran_deleted
    """),
    drops=drops(
        known_columns("""
            country_harmonized_system_codes created_at duplicate_sku_count harmonized_system_code inventory_history_url
            legacy_resource_id measurement_id measurement_weight_unit measurement_weight_value province_code_of_origin
            requires_shipping tracked_editable_locked tracked_editable_reason updated_at
        """)
    ),
    fills=("items",),
    document=("id",),
    leaves_out={
        "lower(_fivetran_deleted) = 'true'": "deleted in Shopify",
        "sku is null": "has no sku: orders name it by its title",
    },
)
