"""Taxes of Shopify's lines and shipping as Fivetran (``tax_line``, ``order_shipping_tax_line``) and dlt land them.

All of dlt's tables of taxes look alike: whose they are is told by the parent, and those of whole orders are nobody's.
"""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_api_order_lines import money_sets

FORMAT = Format(
    name="shopify_api_tax_lines",
    title="Shopify tax lines (API table)",
    takes=takes("""
        line_id=order_line_id shipping_line_id=order_shipping_line_id parent_id=_dlt_parent_id *index=_dlt_list_idx
        *price *rate *title
    """),
    drops=drops(f"_fivetran_synced _dlt_id _dlt_root_id channel_liable {money_sets('price_set')}"),
    fills=(),
    document=("line_id", "shipping_line_id", "parent_id"),
)
