"""TikTok Shop's income statement, order details: one row an order (or item) or adjustment, its fees in columns."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="tiktok_income",
    title="TikTok Shop income statement",
    takes=takes("""
        statement_date statement_id *order_adjustment_id *type order_settled_time currency seller_sku sku_id quantity
        *total_settlement_amount *total_revenue refund_subtotal_after_seller_discounts *total_fees transaction_fee
        commission=tiktok_shop_commission_fee|referral_fee|platform_commission_fee affiliate_commission
        affiliate_partner_commission affiliate_shop_ads_commission affiliate_partner_shop_ads_commission
        seller_shipping_fee adjustment_amount=ajustment_amount related_order_id
    """),
    drops=drops("""
        order_created_time payment_id status product_name sku_name subtotal_after_seller_discounts
        subtotal_before_discounts seller_discounts refund_subtotal_before_seller_discounts refund_of_seller_discounts
        credit_card_installment_handling_fee credit_card_handling_fee actual_shipping_fee platform_shipping_fee_discount
        customer_shipping_fee actual_return_shipping_fee refunded_customer_shipping_fee shipping_subsidy
        affiliate_commission_deposit affiliate_commission_refund sfp_service_fee dynamic_commission
        bonus_cashback_service_fee live_specials_service_fee sst vat gst voucher_xtra_service_fee
        eams_program_service_fee brands_crazy_deals/flash_sale_service_fee tiktok_paylater_program_fee
        campaign_resource_fee platform_support_fee refund_administration_fee fbt_fulfillment_fee customer_payment
        customer_refund seller_co-funded_voucher_discount refund_of_seller_co-funded_voucher_discount
        platform_discounts refund_of_platform_discounts platform_co-funded_voucher_discounts
        refund_of_platform_co-funded_voucher_discounts seller_shipping_fee_discount estimated_package_weight
        actual_package_weight shopping_center_items order_source
    """),
    fills=("settlements", "settlement_lines", "fees", "refunds"),
    document=("order_settled_time", "type", "order_adjustment_id", "sku_id"),
    dates=("statement_date", "order_settled_time"),
    prepares=("tiktok_income_parts",),
    blanks=("/",),
    has_controls=True,
)
