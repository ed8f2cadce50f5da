"""Heads of Shopify's refunds as Fivetran (``refund``) and dlt (``orders__refunds``) land them; lines look them up."""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_api_order_lines import money_sets

FORMAT = Format(
    name="shopify_api_refunds",
    title="Shopify refunds (API table)",
    takes=takes("*id *order_id parent_id=_dlt_id *created_at *processed_at *restock"),
    drops=drops(f"""
        _fivetran_synced _dlt_parent_id _dlt_root_id _dlt_list_idx admin_graphql_api_id note user_id
        {money_sets("total_duties_set")}
    """),
    fills=(),
    document=("id",),
    zone="UTC",
)
