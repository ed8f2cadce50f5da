"""Shopify's locations as Fivetran (``location``) and Airbyte (``locations``) land them: others know their numbers."""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_tables import known_columns

FORMAT = Format(
    name="shopify_api_locations",
    title="Shopify locations (API table)",
    takes=takes("*id *name *country_code *active=is_active _fivetran_deleted"),
    drops=drops(
        known_columns("""
            activatable address_1 address_2 address1 address2 address_verified city country country_name created_at
            deactivatable deactivated_at deletable fulfillment_service_id fulfills_online_orders has_active_inventory
            has_unfulfilled_orders is_fulfillment_service latitude legacy local_pickup_settings_instructions
            local_pickup_settings_pickup_time localized_country_name localized_province_name longitude phone province
            province_code ships_inventory updated_at zip
        """)
    ),
    fills=("locations",),
    document=("id",),
    leaves_out={"lower(_fivetran_deleted) = 'true'": "deleted in Shopify"},
)
