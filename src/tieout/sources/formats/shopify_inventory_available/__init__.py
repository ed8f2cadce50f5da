"""Shopify's inventory export, available units only: one row a variant, and a column for each location."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="shopify_inventory_available",
    title="Shopify inventory export, available units",
    takes=takes("*handle *title *option1_value option2_value option3_value *sku"),
    drops=drops("option1_name option2_name option3_name hs_code coo"),
    fills=("items", "locations", "stock_snapshots"),
    blanks=("not stocked",),
    prepares=("shopify_inventory_available_counts",),
    spreads=True,
    has_findings=True,
)
