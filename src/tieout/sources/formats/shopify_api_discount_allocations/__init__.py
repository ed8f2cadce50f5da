"""Discounts of Shopify's order lines as Fivetran (``discount_allocation``), dlt and Airbyte land them."""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_tables import known_columns

FORMAT = Format(
    name="shopify_api_discount_allocations",
    title="Shopify discount allocations (API table)",
    takes=takes("""
        *line_id=order_line_id|_dlt_parent_id *index=_dlt_list_idx *amount=allocated_amount_set_shop_amount
        *discount_application_index
    """),
    drops=drops(known_columns("", "amount_set allocated_amount_set")),
    fills=(),
    document=("line_id",),
)
