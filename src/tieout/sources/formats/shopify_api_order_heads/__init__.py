"""Heads of Shopify's orders as Fivetran (``order``), dlt and Airbyte (``orders``) land them; their lines look them up.

Airbyte's hold their lines, shipping and refunds, as the API gives them.
"""

from tieout.sources.format import Format, drops, nested, takes
from tieout.sources.formats.shopify_api_order_lines import FORMAT as LINES
from tieout.sources.formats.shopify_api_order_shipping_lines import FORMAT as SHIPPING
from tieout.sources.formats.shopify_api_refunds import FORMAT as REFUNDS
from tieout.sources.formats.shopify_tables import known_columns

_SETS = """
    current_subtotal_price_set current_total_additional_fees_set current_total_discounts_set current_total_duties_set
    current_total_price_set current_total_tax_set original_total_additional_fees_set original_total_duties_set
    subtotal_price_set total_cash_rounding_payment_adjustment_set total_cash_rounding_refund_adjustment_set
    total_discounts_set total_line_items_price_set total_price_set total_shipping_price_set total_tax_set
    total_tip_received_set
"""
_ADDRESS = """
    address_1 address_2 address1 address2 city company country country_code first_name last_name latitude longitude
    name phone province province_code zip
"""
_ADDRESSES = " ".join(f"{kind}_address_{part}" for kind in ("billing", "shipping") for part in _ADDRESS.split())
_DROPPED = """
    app_id billing_address browser_ip buyer_accepts_marketing cart_token checkout_id
    checkout_token client_details client_details__browser_ip client_details__user_agent client_details_user_agent
    client_ip closed_at company confirmation_number confirmed contact_email current_subtotal_price
    current_total_discounts current_total_price current_total_tax customer customer_accepts_marketing customer_id
    customer_locale customer_url device_id discount_allocations discount_applications discount_codes
    display_financial_status display_fulfillment_status duties_included email estimated_taxes financial_status
    fulfillment_status fulfillments gateway landing_site landing_site_base_url landing_site_ref location_id
    merchant_of_record_app_id note note_attributes number order_adjustments order_number order_status_url
    payment_details payment_gateway_names payment_terms phone po_number presentment_currency presentment_currency_code
    processed_at processing_method reference referring_site shipping_address source_identifier source_url
    staff_member_id status_page_url subtotal_price tags tax_exempt tax_lines token total_discounts total_outstanding
    total_price total_price_usd total_tax total_tip_received total_weight updated_at user_id
"""

FORMAT = Format(
    name="shopify_api_order_heads",
    title="Shopify orders (API table)",
    takes=takes("""
        *id parent_id=_dlt_id *name *created_at cancelled_at cancel_reason *currency=currency_code *source_name
        *taxes_included *test total_line_items_price _fivetran_deleted line_items shipping_lines refunds
    """),
    drops=drops(known_columns(f"{_ADDRESSES} {_DROPPED}", _SETS)),
    fills=(),
    document=("id",),
    zone="UTC",
    leaves_out={
        "lower(test) = 'true'": "a test order",
        "lower(_fivetran_deleted) = 'true'": "deleted in Shopify",
    },
    holds=(
        nested(
            "line_items",
            LINES,
            """
            id order_id=^id index=# sku title quantity price gift_card total_discount discount_allocations tax_lines
            """,
        ),
        nested("shipping_lines", SHIPPING, "id order_id=^id price discounted_price is_removed tax_lines"),
        nested("refunds", REFUNDS, "id order_id=^id created_at refund_line_items order_adjustments"),
    ),
)
