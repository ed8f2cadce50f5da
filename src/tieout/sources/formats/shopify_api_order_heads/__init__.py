"""Heads of Shopify's orders as Fivetran (``order``) and dlt (``orders``) land them; their lines look them up."""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_api_order_lines import money_sets

_SETS = """
    current_subtotal_price_set current_total_discounts_set current_total_price_set current_total_tax_set
    subtotal_price_set total_discounts_set total_line_items_price_set total_price_set total_shipping_price_set
    total_tax_set
"""
_ADDRESS = """
    address_1 address_2 address1 address2 city company country country_code first_name last_name latitude longitude
    name phone province province_code zip
"""
_ADDRESSES = " ".join(f"{kind}_address_{part}" for kind in ("billing", "shipping") for part in _ADDRESS.split())

FORMAT = Format(
    name="shopify_api_order_heads",
    title="Shopify orders (API table)",
    takes=takes("""
        *id parent_id=_dlt_id *name *created_at cancelled_at cancel_reason *currency *source_name *taxes_included *test
        *order_number *total_line_items_price _fivetran_deleted
    """),
    drops=drops(f"""
        _fivetran_synced _dlt_load_id {_ADDRESSES} {money_sets(_SETS)} admin_graphql_api_id app_id browser_ip
        buyer_accepts_marketing cart_token checkout_id checkout_token client_details__browser_ip
        client_details__user_agent client_details_user_agent closed_at confirmation_number confirmed
        current_subtotal_price current_total_discounts current_total_price current_total_tax customer_id
        customer_locale device_id email estimated_taxes financial_status fulfillment_status landing_site_base_url
        landing_site_ref location_id note number order_status_url presentment_currency processed_at processing_method
        reference referring_site source_identifier subtotal_price tags tax_exempt token total_discounts
        total_outstanding total_price total_price_usd total_tax total_tip_received total_weight updated_at user_id
    """),
    fills=(),
    document=("id",),
    zone="UTC",
    leaves_out={
        "lower(test) = 'true'": "a test order",
        "lower(_fivetran_deleted) = 'true'": "deleted in Shopify",
    },
)
