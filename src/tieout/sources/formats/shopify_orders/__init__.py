"""Shopify's orders export: one row a line item; what belongs to the whole order stands on its first row only."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="shopify_orders",
    title="Shopify orders export",
    takes=takes("""
        *name financial_status paid_at currency shipping taxes total discount_amount *created_at
        *lineitem_quantity lineitem_name *lineitem_price lineitem_sku lineitem_discount cancelled_at refunded_amount
        source duties
    """),
    drops=drops("""
        email subtotal fulfillment_status fulfilled_at accepts_marketing discount_code shipping_method
        lineitem_compare_at_price lineitem_requires_shipping lineitem_taxable lineitem_fulfillment_status
        billing_name billing_street billing_address1 billing_address2 billing_company billing_city billing_zip
        billing_province billing_country billing_phone shipping_name shipping_street shipping_address1
        shipping_address2 shipping_company shipping_city shipping_zip shipping_province shipping_country shipping_phone
        notes note_attributes payment_method payment_reference vendor outstanding_balance employee location device_id
        id tags risk_level tax_1_name tax_1_value tax_2_name tax_2_value tax_3_name tax_3_value tax_4_name tax_4_value
        tax_5_name tax_5_value phone receipt_number billing_province_name shipping_province_name payment_id
        payment_terms_name next_payment_due_at payment_references
    """),
    fills=("order_lines", "refunds"),
    dates=("created_at", "paid_at", "cancelled_at"),
    uses=("shopify_payments", "shopify_order_transactions"),
    prepares=("shopify_order_heads", "shopify_order_refunds"),
    has_controls=True,
    has_findings=True,
)
