-- What the shop sells.
-- Grain: one row per sku and file; the first of several variants names it.
select sku, arg_min(name, source_row) as name, source_file, min(source_row) as source_row, list(source_row) as source_rows
from shopify_inventory_counts
group by source_file, sku
