"""Lines of Shopify's fulfilments as Fivetran (``fulfillment_order_line``) and Airbyte land them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="shopify_api_fulfillment_lines",
    title="Shopify fulfilment lines (API table)",
    takes=takes("*fulfillment_id *order_line_id *sku *title *quantity *requires_shipping"),
    drops=drops("""
        fulfillable_quantity fulfillment_service gift_card grams name order_id price price_set
        product_id properties property_pre_order_date taxable variant_id variant_title vendor
    """),
    fills=("stock_events",),
    uses=(
        "shopify_api_fulfillments", "shopify_api_order_lines", "shopify_api_order_heads",
        "shopify_api_discount_allocations", "shopify_api_tax_lines", "shopify_api_order_shipping_lines",
        "shopify_api_locations",
    ),
    leaves_out={
        "lower(requires_shipping) = 'false'": "needs no shipping: no goods left",
        "fulfillment_id not in (select id from shopify_api_fulfillments where lower(status) = 'success')": (
            "of no fulfilment at hand that happened: bring the table of fulfilments, too"
        ),
    },
)  # fmt: skip
