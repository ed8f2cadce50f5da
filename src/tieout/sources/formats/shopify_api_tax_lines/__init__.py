"""Taxes of Shopify's lines and shipping as Fivetran (``tax_line`` and others), dlt and Airbyte land them.

All of dlt's tables of taxes look alike: whose they are is told by the parent, and those of whole orders are nobody's.
"""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_tables import known_columns

FORMAT = Format(
    name="shopify_api_tax_lines",
    title="Shopify tax lines (API table)",
    takes=takes("""
        line_id=order_line_id shipping_line_id=order_shipping_line_id parent_id=_dlt_parent_id *index=_dlt_list_idx
        *price=price_set_shop_amount *rate *title
    """),
    drops=drops(known_columns("channel_liable source", "price_set")),
    fills=(),
    document=("line_id", "shipping_line_id", "parent_id"),
)
