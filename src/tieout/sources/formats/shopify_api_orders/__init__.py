"""Shopify's orders as the API gives them and Airbyte lands them: items, shipping and refunds stand inside as json."""

from tieout.sources.format import Format, drops, takes

_AMOUNTS = '[{"amount": "varchar"}]'
_PRICES = '[{"price": "varchar"}]'
_ITEMS = f"""[{{"id": "varchar", "sku": "varchar", "title": "varchar", "quantity": "varchar", "price": "varchar",
    "total_discount": "varchar", "discount_allocations": {_AMOUNTS}, "tax_lines": {_PRICES}}}]"""
_SHIPMENTS = f'[{{"price": "varchar", "discounted_price": "varchar", "tax_lines": {_PRICES}}}]'
_REFUNDS = """[{"id": "varchar", "created_at": "varchar",
    "refund_line_items": [{"id": "varchar", "line_item_id": "varchar", "quantity": "varchar", "subtotal": "varchar",
        "total_tax": "varchar", "restock_type": "varchar", "line_item": {"sku": "varchar", "title": "varchar"}}],
    "order_adjustments": [{"id": "varchar", "amount": "varchar", "tax_amount": "varchar", "kind": "varchar"}]}]"""

FORMAT = Format(
    name="shopify_api_orders",
    title="Shopify orders (API)",
    takes=takes("""
        *name *created_at cancelled_at cancel_reason processed_at currency source_name taxes_included test *line_items
        *refunds *shipping_lines total_line_items_price subtotal_price
    """),
    drops=drops("""
        _airbyte_raw_id _airbyte_extracted_at _airbyte_meta _airbyte_generation_id _airbyte_ab_id _airbyte_emitted_at
        _airbyte_orders_hashid _airbyte_additional_properties _dlt_id _dlt_load_id id note tags email phone token
        app_id number order_number gateway user_id customer device_id reference browser_ip cart_token closed_at
        confirmed tax_lines updated_at checkout_id location_id source_url total_price customer_url fulfillments
        landing_site total_tax admin_graphql_api_id billing_address checkout_token client_details contact_email
        current_subtotal_price current_subtotal_price_set current_total_additional_fees_set current_total_discounts
        current_total_discounts_set current_total_duties_set current_total_price current_total_price_set
        current_total_tax current_total_tax_set customer_locale deleted_at deleted_message deleted_description
        discount_allocations discount_applications discount_codes estimated_taxes financial_status fulfillment_status
        landing_site_ref merchant_of_record_app_id note_attributes order_adjustments order_status_url
        original_total_additional_fees_set original_total_duties_set payment_details payment_gateway_names
        payment_terms po_number presentment_currency processing_method referring_site shipping_address shop_url
        source_identifier subtotal_price_set total_discounts total_discounts_set total_line_items_price_set
        total_outstanding total_price_set total_price_usd total_shipping_price_set total_tax_set total_tip_received
        total_weight buyer_accepts_marketing company confirmation_number tax_exempt duties_included
        total_cash_rounding_payment_adjustment_set total_cash_rounding_refund_adjustment_set
    """),
    fills=("order_lines", "refunds"),
    zone="UTC",
    leaves_out={"lower(test) = 'true'": "a test order"},
    shapes={"line_items": _ITEMS, "shipping_lines": _SHIPMENTS, "refunds": _REFUNDS},
    prepares=("shopify_api_orders_lines",),
    has_controls=True,
)
