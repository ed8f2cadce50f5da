"""Amazon FBA customer returns: a row per unit that came back to a centre, with its order."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="amazon_customer_returns",
    title="Amazon FBA customer returns",
    takes=takes("""
        *return_date *order_id *sku asin fnsku *quantity *fulfillment_center_id *detailed_disposition reason status
        license_plate_number
    """),
    drops=drops("product-name customer-comments"),
    fills=("stock_events", "locations"),
    zone="UTC",
    dates=("return_date",),
    uses=("amazon_all_orders", "amazon_api_order_items"),
)
