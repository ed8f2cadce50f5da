"""Shopify's inventory export, all quantity types: one row a variant and location (and bin, since 2026)."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="shopify_inventory",
    title="Shopify inventory export, all quantities",
    takes=takes("""
        *handle *title option1_value option2_value option3_value *sku *location
        *committed=committed_not_editable *available=available_not_editable
        unavailable=unavailable_not_editable *on_hand=on_hand_current
    """),
    drops=drops("""
        option1_name option2_name option3_name hs_code coo bin_name incoming incoming_not_editable on_hand_new
    """),
    fills=("items", "locations", "stock_snapshots"),
    blanks=("not stocked",),  # which is not zero: the item is not kept there
    prepares=("shopify_inventory_counts",),
    has_controls=True,
    has_findings=True,
)
