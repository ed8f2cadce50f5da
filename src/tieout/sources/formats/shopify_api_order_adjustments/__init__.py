"""Shipping and money of Shopify's refunds beside lines, as Fivetran (``order_adjustment``), dlt and Airbyte land it."""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_tables import known_columns

FORMAT = Format(
    name="shopify_api_order_adjustments",
    title="Shopify order adjustments (API table)",
    takes=takes("*id *order_id *refund_id *amount *tax_amount *kind"),
    drops=drops(known_columns("reason", "amount_set tax_amount_set")),
    fills=("refunds",),
    uses=("shopify_api_order_heads", "shopify_api_refunds"),
    leaves_out={
        "order_id not in (select id from shopify_api_order_heads where is_data)": (
            "of no order at hand: bring the table of orders, too"
        ),
        "refund_id not in (select id from shopify_api_refunds where is_data)": (
            "of no refund at hand: bring the table of refunds, too"
        ),
    },
)
