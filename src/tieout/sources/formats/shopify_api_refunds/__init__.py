"""Heads of Shopify's refunds as Fivetran (``refund``), dlt and Airbyte (``order_refunds``) land them.

Airbyte's, and those inside of its orders, hold their lines and adjustments.
"""

from tieout.sources.format import Format, drops, nested, takes
from tieout.sources.formats.shopify_api_order_adjustments import FORMAT as ADJUSTMENTS
from tieout.sources.formats.shopify_api_order_line_refunds import FORMAT as LINES
from tieout.sources.formats.shopify_tables import known_columns

FORMAT = Format(
    name="shopify_api_refunds",
    title="Shopify refunds (API table)",
    takes=takes("""
        *id *order_id parent_id=_dlt_id *created_at *restock=return_id refund_line_items order_adjustments
    """),
    drops=drops(
        known_columns(
            "duties note processed_at return staff_member_id transactions updated_at user_id",
            "total_duties_set total_refunded_set",
        )
    ),
    fills=(),
    document=("id",),
    zone="UTC",
    holds=(
        nested(
            "refund_line_items",
            LINES,
            "id order_line_id=line_item_id refund_id=^id quantity subtotal total_tax restock_type",
        ),
        nested("order_adjustments", ADJUSTMENTS, "id order_id=^order_id refund_id=^id amount tax_amount kind"),
    ),
)
