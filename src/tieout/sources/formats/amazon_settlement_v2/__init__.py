"""Amazon settlement, flat file V2: one amount a row; the first row of a settlement states its days and its total."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="amazon_settlement_v2",
    title="Amazon settlement report, flat file V2",
    takes=takes("""
        *settlement_id settlement_start_date settlement_end_date deposit_date *total_amount currency *transaction_type
        order_id adjustment_id marketplace_name *amount_type *amount_description *amount posted_date posted_date_time
        order_item_code sku quantity_purchased
    """),
    drops=drops("""
        merchant-order-id shipment-id fulfillment-id merchant-order-item-id merchant-adjustment-item-id promotion-id
    """),
    fills=("settlements", "settlement_lines", "fees", "refunds"),
    zone="UTC",
    dates=("settlement_start_date", "settlement_end_date", "deposit_date", "posted_date", "posted_date_time"),
    prepares=("amazon_settlement_v2_amounts",),
    has_controls=True,
)
