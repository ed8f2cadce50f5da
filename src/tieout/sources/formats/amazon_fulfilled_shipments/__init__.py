"""Amazon Fulfilled Shipments: a row per item of a parcel that left a centre, with its order."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="amazon_fulfilled_shipments",
    title="Amazon Fulfilled Shipments",
    takes=takes("""
        *amazon_order_id merchant_order_id *shipment_id *shipment_item_id *shipment_date *sku *quantity_shipped
        *fulfillment_center_id sales_channel
    """),
    drops=drops("""
        amazon-order-item-id merchant-order-item-id purchase-date payments-date reporting-date buyer-email buyer-name
        buyer-phone-number product-name currency item-price item-tax shipping-price shipping-tax gift-wrap-price
        gift-wrap-tax ship-service-level recipient-name ship-address-1 ship-address-2 ship-address-3 ship-city
        ship-state ship-postal-code ship-country ship-phone-number bill-address-1 bill-address-2 bill-address-3
        bill-city bill-state bill-postal-code bill-country item-promotion-discount ship-promotion-discount carrier
        tracking-number estimated-arrival-date fulfillment-channel is-amazon-invoiced vat-exclusive-item-price
        vat-exclusive-shipping-price vat-exclusive-giftwrap-price points-granted
    """),
    fills=("stock_events", "locations"),
    zone="UTC",
    dates=("shipment_date",),
    uses=("amazon_all_orders",),
)
