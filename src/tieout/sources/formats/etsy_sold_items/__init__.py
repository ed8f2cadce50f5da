"""Etsy's sold order items: one row an item; shipping and tax of the order stand on each of its rows."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="etsy_sold_items",
    title="Etsy sold order items",
    takes=takes("""
        *sale_date *item_name *quantity *price discount_amount order_shipping order_sales_tax currency *transaction_id
        listing_id date_paid *order_id sku vat_paid_by_buyer
    """),
    drops=drops("""
        buyer coupon_code coupon_details shipping_discount item_total date_shipped ship_name ship_address1
        ship_address2 ship_city ship_state ship_zipcode ship_country variations order_type listings_type payment_type
        inperson_discount inperson_location
    """),
    fills=("order_lines",),
    dates=("sale_date", "date_paid"),
    date_order="month_first",
)
