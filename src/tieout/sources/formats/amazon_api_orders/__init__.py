"""Heads of Amazon's orders as Fivetran (``orders``) and Airbyte (``Orders``) land them; their items look them up."""

from tieout.sources.format import Format, drops, takes

_ADDRESS = """
    address_line_1 address_line_2 address_line_3 address_type city country_code county district municipality name phone
    postal_code state_or_region
"""
_ADDRESSES = " ".join(
    f"{kind}_{part}" for kind in ("default_ship_from_location", "shipping_address") for part in _ADDRESS.split()
)

FORMAT = Format(
    name="amazon_api_orders",
    title="Amazon orders (API table)",
    takes=takes("*amazon_order_id *purchase_date *last_update_date *order_status *sales_channel *marketplace_id"),
    drops=drops(f"""
        {_ADDRESSES} automated_shipping_setting_automated_carrier
        automated_shipping_setting_automated_ship_method automated_shipping_setting_has_automated_shipping_settings
        buyer_info_buyer_county buyer_info_buyer_email buyer_info_buyer_name buyer_info_purchase_order_number
        buyer_invoice_preference buyer_tax_info_buyer_business_address buyer_tax_info_buyer_legal_company_name
        buyer_tax_info_buyer_tax_office buyer_tax_info_buyer_tax_registration_id cba_displayable_shipping_label
        earliest_delivery_date earliest_ship_date easy_ship_shipment_status electronic_invoice_status
        fulfillment_channel fulfillment_supply_source_id has_regulated_items is_access_point_order is_business_order
        is_estimated_ship_date_set is_global_express_enabled is_iba is_ispu is_premium_order is_prime
        is_replacement_order is_sold_by_ab latest_delivery_date latest_ship_date number_of_items_shipped
        number_of_items_unshipped order_channel order_total_amount order_total_currency_code order_type payment_method
        promise_response_due_date replaced_order_id seller_display_name seller_order_id ship_service_level
        shipment_service_level_category
        automated_shipping_settings buyer_info default_ship_from_location_address order_total payment_method_details
        seller_id shipping_address
    """),
    fills=(),
    document=("amazon_order_id",),
    zone="UTC",
    dates=("purchase_date", "last_update_date"),
)
