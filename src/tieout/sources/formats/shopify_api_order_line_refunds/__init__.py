"""Refunded lines of Shopify's orders as Fivetran (``order_line_refund``) and dlt land them."""

from tieout.sources.format import Format, drops, takes
from tieout.sources.formats.shopify_api_order_lines import DROPPED, money_sets

_ITEM = f"{DROPPED} id sku title quantity price gift_card total_discount"

FORMAT = Format(
    name="shopify_api_order_line_refunds",
    title="Shopify refunded order lines (API table)",
    takes=takes("""
        *id *order_line_id=line_item_id *refund_id=_dlt_parent_id *quantity *subtotal *total_tax *restock_type
    """),
    drops=drops(f"""
        _fivetran_synced _dlt_id _dlt_root_id _dlt_list_idx location_id {money_sets("subtotal_set total_tax_set")}
        {" ".join(f"line_item__{name}" for name in _ITEM.split())}
    """),
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
