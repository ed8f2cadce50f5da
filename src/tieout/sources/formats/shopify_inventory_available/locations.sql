-- Where the shop keeps stock.
-- Grain: one row per location and file.
select location, location as name, source_file, min(source_row) as source_row
from shopify_inventory_available_counts
where location is not null
group by source_file, location
