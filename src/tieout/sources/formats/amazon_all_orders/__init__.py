"""Amazon All Orders, by order date or by last update: a row per item of an order, priced for all its units."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="amazon_all_orders",
    title="Amazon All Orders report",
    takes=takes("""
        *amazon_order_id *purchase_date last_updated_date *order_status *sales_channel *sku asin item_status *quantity
        currency *item_price item_tax shipping_price shipping_tax gift_wrap_price gift_wrap_tax item_promotion_discount
        ship_promotion_discount tax_collection_model tax_collection_responsible_party
    """),
    drops=drops("""
        merchant-order-id fulfillment-channel order-channel url ship-service-level product-name number-of-items
        address-type ship-city ship-state ship-postal-code ship-country promotion-ids cpf is-business-order
        purchase-order-number price-designation is-sold-by-ab signature-confirmation-recommended is-transparency
        vat-exclusive-item-price vat-exclusive-shipping-price vat-exclusive-giftwrap-price is-amazon-invoiced
        is-iba buyer-tax-registration-id buyer-tax-registration-country buyer-company-name buyer-tax-registration-type
        default-ship-from-address-name default-ship-from-address-field-1 default-ship-from-address-field-2
        default-ship-from-address-field-3 default-ship-from-city default-ship-from-state default-ship-from-country
        default-ship-from-postal-code actual-ship-from-address-name actual-ship-from-address-1
        actual-ship-from-address-field-2 actual-ship-from-address-field-3 actual-ship-from-city actual-ship-from-state
        actual-ship-from-country actual-ship-from-postal-code original-order-id is-buyer-requested-cancellation
        buyer-requested-cancel-reason ioss-number is-exchange-order is-replacement-order order-item-id
    """),
    fills=("order_lines",),
    zone="UTC",
    dates=("purchase_date", "last_updated_date"),
    uses=("amazon_api_order_items",),
    prepares=("amazon_all_orders_items",),
    leaves_out={
        "sales_channel ilike 'non-amazon%'": "Amazon only ships it: the sale is in the orders of the other channel",
        "last_updated_date < max(last_updated_date) over (partition by amazon_order_id)": (
            "a later state of this order is at hand"
        ),
        "order_status ilike 'pending%' and item_price is null": "pending: Amazon tells its price once it is paid",
        "number(quantity) = 0": "cancelled down to no units",
    },
)
