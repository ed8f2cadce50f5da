"""Discounts of Shopify's order lines as Fivetran (``discount_allocation``) and dlt land them; lines look them up."""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_api_order_lines import money_sets

FORMAT = Format(
    name="shopify_api_discount_allocations",
    title="Shopify discount allocations (API table)",
    takes=takes("*line_id=order_line_id|_dlt_parent_id *index=_dlt_list_idx *amount *discount_application_index"),
    drops=drops(f"_fivetran_synced _dlt_id _dlt_root_id {money_sets('amount_set')}"),
    fills=(),
    document=("line_id",),
)
