"""Zwing's stock point summary: one row an item, batch and store; one of its stock points has the name ``0``."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="zwing_pos_stock",
    title="Zwing POS stock point summary",
    takes=takes("""
        sku *ref_sku_code *store_code *store_name unnamed_point=0 *shelf *damage *store_warehouse *total_qty
        unit_cost=cogs date
    """),
    drops=drops("product_name barcode sku_code uom batch_number department brand category_1 amt"),
    fills=("stock_snapshots", "locations"),
    zone="Asia/Kolkata",
    dates=("date",),
    has_controls=True,
)
