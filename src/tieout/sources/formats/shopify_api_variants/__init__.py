"""Shopify's product variants as Fivetran (``product_variant``), Airbyte and dlt (``products__variants``) land them."""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_tables import known_columns

FORMAT = Format(
    name="shopify_api_variants",
    title="Shopify product variants (API table)",
    takes=takes("*id *sku *price *inventory_item_id *product_id *inventory_policy _fivetran_deleted"),
    drops=drops(
        known_columns(
            """
            available_for_sale barcode compare_at_price created_at display_name fulfillment_service grams image_id
            image_src inventory_management inventory_quantity is_available_for_sale legacy_resource_id
            old_inventory_quantity option_1 option_2 option_3 option1 option2 option3 options position
            presentment_prices product_title requires_shipping selected_options tax_code taxable title updated_at weight
            weight_unit
            """
        )
    ),
    fills=("items",),
    document=("id",),
    leaves_out={
        "lower(_fivetran_deleted) = 'true'": "deleted in Shopify",
        "sku is null": "has no sku: orders name it by its title",
    },
)
