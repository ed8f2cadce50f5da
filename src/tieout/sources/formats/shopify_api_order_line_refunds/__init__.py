"""Refunded lines of Shopify's orders as Fivetran (``order_line_refund``), dlt and Airbyte land them."""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_tables import known_columns

FORMAT = Format(
    name="shopify_api_order_line_refunds",
    title="Shopify refunded order lines (API table)",
    takes=takes("""
        *id *order_line_id=line_item_id *refund_id=_dlt_parent_id *quantity *subtotal=subtotal_set_shop_amount
        *total_tax=total_tax_set_shop_amount *restock_type
    """),
    drops=drops(known_columns("location_id line_item restocked", "price_set subtotal_set total_tax_set")),
    fills=("refunds",),
    uses=(
        "shopify_api_refunds", "shopify_api_order_lines", "shopify_api_order_heads",
        "shopify_api_discount_allocations", "shopify_api_tax_lines", "shopify_api_order_shipping_lines",
    ),
    leaves_out={
        "refund_id not in (select unnest([id, coalesce(parent_id, id)]) from shopify_api_refunds where is_data)": (
            "of no refund at hand: bring the table of refunds, too"
        ),
        "order_line_id not in (select id from shopify_api_order_lines where is_data)": (
            "of no order line at hand: bring the tables of orders and of their lines, too"
        ),
    },
)  # fmt: skip
