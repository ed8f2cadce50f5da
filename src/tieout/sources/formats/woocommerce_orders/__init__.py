"""WooCommerce orders, by the plugin Advanced Order Export: a row a product, the order on each or on its first row."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="woocommerce_orders",
    title="WooCommerce orders (Advanced Order Export)",
    takes=takes("""
        *order_number order_status *order_date paid_date currency=order_currency sku item_name=name|product_name
        quantity quantity_left=quantity_refund *item_cost line_total=order_line_w_o_tax
        cart_discount_amount order_subtotal_amount order_shipping_amount order_refund_amount order_total_amount
        order_total_tax_amount order_tax_amount order_shipping_tax_amount
    """),
    drops=drops("""
        order_id customer_note customer_ip_address customer_user_id transaction_id completed_date total_items
        total_products first_name_(billing) last_name_(billing) full_name_(billing) company_(billing)
        address_1_(billing) address_2_(billing) address_1&2_(billing) city_(billing) state_(billing)
        state_code_(billing) zip_(billing) postcode_(billing) country_code_(billing) country_name_(billing)
        email_(billing) phone_(billing) first_name_(shipping) last_name_(shipping) full_name_(shipping)
        company_(shipping) address_1_(shipping) address_2_(shipping) address_1&2_(shipping) city_(shipping)
        state_(shipping) state_code_(shipping) zip_(shipping) postcode_(shipping) country_code_(shipping)
        country_name_(shipping) phone_(shipping) payment_method_title shipping_method_title item_# product_variation
        product_id category image_url order_line_tax order_line_total order_line_subtotal order_line_total_refunded
        order_line_total_(-_refund) coupon_code coupons_used discount_amount discount_amount_tax
        cart_discount_tax_amount
    """),
    fills=("order_lines",),
    dates=("order_date", "paid_date"),
    skips="sku is null and item_name is null and item_cost is null",  # a row for a second coupon
    leaves_out={
        "number(coalesce(quantity, quantity_left)) = 0": (
            "was refunded whole, and the export has no column Quantity that says how much was sold"
        )
    },
    prepares=("woocommerce_order_rows", "woocommerce_order_heads"),
    has_controls=True,
    has_findings=True,
)
