"""EasyEcom's inventory snapshot: one row an item and warehouse, a column for each state; ``-`` is nil."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="easyecom_inventory",
    title="EasyEcom inventory snapshot",
    takes=takes("""
        *date *company_token *location product_name *sku category *reserved_not_picked *reserved_picked damaged repair
        return_available *available_quantity available_quantity_bin_locked quarantine qc_passed qc_failed qc_pending
        expiry total_qty cost_price=cost_price_100
    """),
    drops=drops("""
        description ean brand weight_gm length_cm height_cm width_cm received discard/fraud to_receive
        marketplace_available undispatched_unassigned_quantity nearexpiry total_lost questionable website_inventory
        e-com_inventory retail_inventory iia_inventory amazon_reserved lost_in_cycle_count
        used_in_lite_kitting_in-progress total_blocked_inventory amt
    """),
    fills=("stock_snapshots", "items", "locations"),
    zone="Asia/Kolkata",
    dates=("date",),
    blanks=("-",),
    has_controls=True,
)
