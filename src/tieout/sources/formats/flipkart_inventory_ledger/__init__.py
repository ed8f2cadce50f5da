"""Flipkart's inventory ledger: one row a listing, warehouse and period, all movements without a sign."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="flipkart_inventory_ledger",
    title="Flipkart inventory ledger",
    takes=takes("""
        *start_date *end_date *fsn *listing_id *sku *opening_warehouse_sellable_balance
        *opening_warehouse_unsellable_balance consignment_inward orders_dispatches order_returns seller_recalls
        seller_recall_reject iwit_inward iwit_outward found_inventory lost_inventory
        *closing_warehouse_unsellable_balance *closing_warehouse_sellable_balance *warehouse_id unit_cost=cogs
    """),
    drops=drops("product_title amt"),
    fills=("stock_events", "stock_snapshots", "locations"),
    zone="Asia/Kolkata",
    dates=("start_date", "end_date"),
    prepares=("flipkart_inventory_ledger_rows",),
    has_controls=True,
    has_findings=True,
)
