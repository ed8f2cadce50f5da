"""Heads of Shopify's fulfilments as Fivetran (``fulfillment``) and dlt (``orders__fulfillments``) land them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="shopify_api_fulfillments",
    title="Shopify fulfilments (API table)",
    takes=takes("*id *order_id parent_id=_dlt_id *created_at *status *location_id *name *service"),
    drops=drops("""
        _dlt_list_idx _dlt_parent_id _dlt_root_id _fivetran_synced admin_graphql_api_id receipt_authorization
        shipment_status tracking_company tracking_number tracking_numbers tracking_urls updated_at
    """),
    fills=(),
    uses=(
        "shopify_api_fulfillment_lines", "shopify_api_order_lines", "shopify_api_order_heads",
        "shopify_api_discount_allocations", "shopify_api_tax_lines", "shopify_api_order_shipping_lines",
        "shopify_api_locations",
    ),
    document=("id",),
    zone="UTC",
    leaves_out={"status <> 'success'": "a fulfilment that did not happen: no goods left"},
    prepares=("shopify_api_fulfillments_shipped",),
)  # fmt: skip
