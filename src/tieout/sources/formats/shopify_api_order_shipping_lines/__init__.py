"""Shipping of Shopify's orders as Fivetran (``order_shipping_line``) and dlt (``orders__shipping_lines``) land it."""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_api_order_lines import money_sets

FORMAT = Format(
    name="shopify_api_order_shipping_lines",
    title="Shopify order shipping lines (API table)",
    takes=takes("""
        *id *order_id=_dlt_parent_id parent_id=_dlt_id *price *discounted_price *carrier_identifier
        *requested_fulfillment_service_id
    """),
    drops=drops(f"""
        _fivetran_synced _dlt_root_id _dlt_list_idx code delivery_category phone source title is_removed
        {money_sets("price_set discounted_price_set")}
    """),
    fills=(),
    document=("id",),
)
