"""Amazon inventory ledger, summary view: what lay in each centre at the end of a day, and how it came to that."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="amazon_ledger_summary",
    title="Amazon FBA inventory ledger, summary view",
    takes=takes("""
        *date fnsku asin *msku *disposition *starting_warehouse_balance receipts customer_shipments customer_returns
        vendor_returns warehouse_transfer_in_out found lost damaged disposed other_events *ending_warehouse_balance
        unknown_events location
    """),
    drops=drops("title in_transit_between_warehouses store"),
    fills=("stock_snapshots", "locations"),
    dates=("date",),
    date_order="month_first",
    has_controls=True,
)
