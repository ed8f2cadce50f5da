"""Amazon settlement, flat file V1: a column for each kind of amount; units stand on a row of their own."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="amazon_settlement_v1",
    title="Amazon settlement report, flat file V1",
    takes=takes("""
        *settlement_id settlement_start_date settlement_end_date deposit_date *total_amount currency *transaction_type
        order_id adjustment_id shipment_id marketplace_name posted_date order_item_code sku quantity_purchased
        shipment_fee_type shipment_fee_amount order_fee_type order_fee_amount *price_type *price_amount
        *item_related_fee_type *item_related_fee_amount misc_fee_amount other_fee_amount other_fee_reason_description
        promotion_type promotion_amount direct_payment_type direct_payment_amount other_amount
    """),
    drops=drops("merchant-order-id fulfillment-id merchant-order-item-id merchant-adjustment-item-id promotion-id"),
    fills=("settlements", "settlement_lines", "fees", "refunds"),
    zone="UTC",
    dates=("settlement_start_date", "settlement_end_date", "deposit_date", "posted_date"),
    prepares=("amazon_settlement_v1_amounts",),
    has_controls=True,
)
