"""Lines of Shopify's orders as Fivetran (``order_line``), dlt (``orders__line_items``) and Airbyte land them.

The lines of dlt's fulfilments (``orders__fulfillments__line_items``) look the same: their parent tells which they are.
"""

from tieout.sources.format import Format, drops, nested, takes
from tieout.sources.formats.shopify_api_discount_allocations import FORMAT as DISCOUNTS
from tieout.sources.formats.shopify_api_tax_lines import FORMAT as TAXES
from tieout.sources.formats.shopify_tables import known_columns

_PLACE = "address_1 address_2 city country_code id name province_code zip"
_PLACES = " ".join(f"{end}_location_{part}" for end in ("origin", "destination") for part in _PLACE.split())

FORMAT = Format(
    name="shopify_api_order_lines",
    title="Shopify order lines (API table)",
    takes=takes("""
        *id *order_id=_dlt_parent_id index=_dlt_list_idx parent_id=_dlt_id *sku *title *quantity
        *price=original_unit_price_set_shop_amount *gift_card=is_gift_card total_discount=total_discount_set_shop_amount
        discount_allocations tax_lines
    """),
    drops=drops(
        known_columns(
            f"""
            {_PLACES} current_quantity duties fulfillable_quantity fulfillment_service fulfillment_status grams name
            pre_tax_price product_exists product_id properties property_charge_interval_frequency
            property_for_shipping_jan_3_rd_2020 property_shipping_interval_frequency
            property_shipping_interval_unit_type property_subscription_id requires_shipping tax_code taxable
            unfulfilled_quantity variant_id variant_inventory_management variant_title vendor
            """,
            "price_set total_discount_set pre_tax_price_set original_total_set original_unit_price_set",
        )
    ),
    fills=("order_lines", "stock_events"),
    uses=(
        "shopify_api_order_heads", "shopify_api_discount_allocations", "shopify_api_tax_lines",
        "shopify_api_order_shipping_lines", "shopify_api_fulfillments", "shopify_api_fulfillment_lines",
        "shopify_api_locations",
    ),
    prepares=("shopify_api_order_lines_priced",),
    has_controls=True,
    holds=(
        nested("discount_allocations", DISCOUNTS, "line_id=^id index=# amount discount_application_index"),
        nested("tax_lines", TAXES, "line_id=^id index=# price rate title"),
    ),
    leaves_out={
        "order_id not in ("
        "select unnest([id, coalesce(parent_id, id)]) from shopify_api_order_heads where is_data union all"
        " select parent_id from shopify_api_fulfillments where parent_id is not null and lower(status) = 'success')": (
            "of no order at hand: bring the table of orders, too (a test or deleted order has no lines)"
        ),
    },
)  # fmt: skip
