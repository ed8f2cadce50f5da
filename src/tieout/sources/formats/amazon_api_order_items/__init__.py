"""Items of Amazon's orders as Fivetran (``order_item``) and Airbyte (``OrderItems``) land them, priced for all units.

The All Orders report goes before: what it has is not taken from here.
"""

from tieout.sources.format import Format, drops, takes

_OF_ORDER = "amazon_order_id in (select amazon_order_id from amazon_api_orders where {})"

FORMAT = Format(
    name="amazon_api_order_items",
    title="Amazon order items (API table)",
    takes=takes("""
        *amazon_order_id *order_item_id asin *seller_sku *quantity_ordered item_price_amount item_price_currency_code
        item_tax_amount shipping_price_amount shipping_tax_amount shipping_discount_amount promotion_discount_amount
        tax_collection_model tax_collection_responsible_party
        item_price item_tax shipping_price shipping_tax shipping_discount promotion_discount tax_collection
    """),
    drops=drops("""
        buyer_requested_cancel_buyer_cancel_reason
        buyer_requested_cancel_is_buyer_requested_cancel condition_id condition_note condition_subtype_id
        deemed_reseller_category ioss_number is_gift is_transparency item_approval_context_approval_status
        item_approval_context_approval_type item_tax_currency_code points_granted_monetary_amount
        points_granted_monetary_currency_code points_granted_points_number price_designation
        product_info_detail_number_of_items promotion_discount_currency_code promotion_discount_tax_amount
        promotion_discount_tax_currency_code quantity_shipped scheduled_delivery_end_date
        scheduled_delivery_start_date serial_number_required shipping_discount_currency_code
        shipping_discount_tax_amount shipping_discount_tax_currency_code shipping_price_currency_code
        shipping_tax_currency_code store_chain_store_id title
        buyer_info buyer_requested_cancel cod_fee cod_fee_discount last_update_date points_granted product_info
        promotion_discount_tax promotion_ids serial_numbers shipping_discount_tax
    """),
    within={
        "item_price_amount": "item_price.Amount",
        "item_price_currency_code": "item_price.CurrencyCode",
        "item_tax_amount": "item_tax.Amount",
        "shipping_price_amount": "shipping_price.Amount",
        "shipping_tax_amount": "shipping_tax.Amount",
        "shipping_discount_amount": "shipping_discount.Amount",
        "promotion_discount_amount": "promotion_discount.Amount",
        "tax_collection_model": "tax_collection.Model",
        "tax_collection_responsible_party": "tax_collection.ResponsibleParty",
    },
    fills=("order_lines",),
    uses=("amazon_api_orders", "amazon_all_orders"),
    leaves_out={
        "amazon_order_id in (select amazon_order_id from amazon_all_orders)": "the All Orders report has this order",
        "amazon_order_id not in (select amazon_order_id from amazon_api_orders)": (
            "of no order at hand: bring the table of orders, too"
        ),
        _OF_ORDER.format("sales_channel ilike 'non-amazon%'"): (
            "Amazon only ships it: the sale is in the orders of the other channel"
        ),
        "item_price_amount is null and " + _OF_ORDER.format("order_status ilike 'pending%'"): (
            "pending: Amazon tells its price once it is paid"
        ),
        "number(quantity_ordered) = 0": "cancelled down to no units",
    },
)
