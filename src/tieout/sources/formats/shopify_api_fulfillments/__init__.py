"""Heads of Shopify's fulfilments as Fivetran (``fulfillment``), dlt (``orders__fulfillments``) and Airbyte land them.

Airbyte's hold their lines.
"""

from tieout.sources.format import Format, drops, nested, takes
from tieout.sources.formats.shopify_api_fulfillment_lines import FORMAT as LINES
from tieout.sources.formats.shopify_tables import known_columns

FORMAT = Format(
    name="shopify_api_fulfillments",
    title="Shopify fulfilments (API table)",
    takes=takes("""
        *id *order_id parent_id=_dlt_id *created_at *status *location_id *name *service=service_id line_items
    """),
    drops=drops(
        known_columns("""
            display_status duties notify_customer origin_address receipt receipt_authorization shipment_status
            total_quantity tracking_company tracking_number tracking_numbers tracking_urls updated_at
            variant_inventory_management
        """)
    ),
    fills=(),
    uses=(
        "shopify_api_fulfillment_lines", "shopify_api_order_lines", "shopify_api_order_heads",
        "shopify_api_discount_allocations", "shopify_api_tax_lines", "shopify_api_order_shipping_lines",
        "shopify_api_locations",
    ),
    document=("id",),
    zone="UTC",
    leaves_out={"lower(status) <> 'success'": "a fulfilment that did not happen: no goods left"},
    holds=(
        nested(
            "line_items", LINES, "fulfillment_id=^id order_line_id=id sku title quantity requires_shipping"
        ),
    ),
    prepares=("shopify_api_fulfillments_shipped",),
)  # fmt: skip
