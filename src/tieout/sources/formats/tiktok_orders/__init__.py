"""TikTok Shop's order list: one row an item, each with the money of its order, under a row of descriptions."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="tiktok_orders",
    title="TikTok Shop order list",
    takes=takes("""
        *order_id *sku_id *seller_sku *quantity *sku_unit_original_price sku_subtotal_before_discount
        sku_platform_discount *sku_seller_discount sku_subtotal_after_discount shipping_fee_after_discount taxes
        order_amount order_refund_amount *created_time paid_time cancelled_time cancel_reason
    """),
    drops=drops("""
        order_status order_substatus cancelation/return_type normal_or_pre-order product_name variation
        virtual_bundle_seller_sku sku_quantity_of_return original_shipping_fee shipping_fee_seller_discount
        shipping_fee_platform_discount payment_platform_discount small_order_fee retail_delivery_fee buyer_service_fee
        handling_fee shipping_insurance item_insurance dynamic_commission rts_time shipped_time delivered_time cancel_by
        fulfillment_type warehouse_name tracking_id delivery_option shipping_provider_name buyer_message buyer_username
        recipient phone_# zipcode country province state city regency_and_city districts villages detail_address
        address_line_1 address_line_2 delivery_instruction additional_address_information payment_method weight_kg
        product_category package_id seller_note checked_status checked_marked_by buyer_nickname collectible_value
    """),
    fills=("order_lines", "refunds"),
    dates=("created_time", "paid_time", "cancelled_time"),
    skips=r"not regexp_matches(coalesce(created_time, ''), '\d') and not regexp_matches(coalesce(quantity, ''), '\d')",
    prepares=("tiktok_orders_lines",),
    has_controls=True,
    has_findings=True,
)
