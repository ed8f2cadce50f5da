"""Shipping of Shopify's orders as Fivetran (``order_shipping_line``), dlt and Airbyte land it."""

from tieout.sources.format import Format, drops, nested, takes
from tieout.sources.formats.shopify_api_tax_lines import FORMAT as TAXES
from tieout.sources.formats.shopify_tables import known_columns

FORMAT = Format(
    name="shopify_api_order_shipping_lines",
    title="Shopify order shipping lines (API table)",
    takes=takes("""
        *id *order_id=_dlt_parent_id parent_id=_dlt_id *price=original_price_set_shop_amount
        *discounted_price=discounted_price_set_shop_amount *code is_removed tax_lines
    """),
    drops=drops(
        known_columns(
            """
            carrier_identifier custom delivery_category phone requested_fulfillment_service_id shipping_rate_handle
            source title
            """,
            "price_set discounted_price_set current_discounted_price_set original_price_set",
        )
    ),
    fills=(),
    skips="lower(is_removed) = 'true'",
    document=("id",),
    holds=(nested("tax_lines", TAXES, "shipping_line_id=^id index=# price rate title"),),
)
