"""Myntra's SJIT inventory: several rows an item, one for each age of the goods; the value is at selling prices."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="myntra_sjit_inventory",
    title="Myntra SJIT inventory",
    takes=takes("*platform *inward_age_bucket *style_id *sku *warehouse_name *inv_units_q1 cost date"),
    drops=drops("""
        business_unit std_vendor_name display_name master_category brand article_type gender brand_type gtin style_name
        vendor_article_name remarks size article_mrp item_status style_status po_type season_code inv_value_q1 amt
    """),
    fills=("stock_snapshots",),
    zone="Asia/Kolkata",
    dates=("date",),
)
