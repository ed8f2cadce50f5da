-- The items in stock.
-- Grain: one row per row of the snapshot; the first to name a sku gives it.
select sku, product_name as name, category, source_file, source_row
from easyecom_inventory
where is_data and sku is not null
order by source_file, source_row
