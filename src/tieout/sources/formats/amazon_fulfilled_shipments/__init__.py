"""Amazon Fulfilled Shipments: a row per item of a shipment that left Amazon's centres, priced for its units."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="amazon_fulfilled_shipments",
    title="Amazon Fulfilled Shipments report",
    takes=takes("""
        *amazon_order_id merchant_order_id *shipment_id *shipment_item_id amazon_order_item_id purchase_date
        payments_date *shipment_date *sku=merchant_sku *quantity_shipped=shipped_quantity currency item_price item_tax
        shipping_price shipping_tax gift_wrap_price gift_wrap_tax item_promotion_discount=item_promo_discount
        ship_promotion_discount=shipment_promo_discount *fulfillment_center_id=fc sales_channel
    """),
    drops=drops("""
        merchant-order-item-id reporting-date buyer-email buyer-name buyer-phone-number product-name title
        ship-service-level recipient-name ship-address-1 ship-address-2 ship-address-3 ship-city ship-state
        ship-postal-code ship-country ship-phone-number shipping-address-1 shipping-address-2 shipping-address-3
        shipping-city shipping-state shipping-postal-code shipping-country-code shipping-phone-number bill-address-1
        bill-address-2 bill-address-3 bill-city bill-state bill-postal-code bill-country billing-address-1
        billing-address-2 billing-address-3 billing-city billing-state carrier tracking-number estimated-arrival-date
        fulfillment-channel points-granted is-amazon-invoiced vat-exclusive-item-price vat-exclusive-shipping-price
        vat-exclusive-giftwrap-price
    """),
    fills=("order_lines", "stock_events", "locations"),
    zone="UTC",
    dates=("purchase_date", "payments_date", "shipment_date"),
    uses=("amazon_all_orders", "amazon_api_order_items"),
)
