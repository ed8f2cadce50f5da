-- Units that are free to sell; what is committed to orders is not in this export.
-- Grain: one row per sku and location of a file, of all its variants; below zero where the shop sold too much.
select 'shopify' as system, taken_at, sku, location, 'available' as status,
    coalesce(min(available) filter (where number(available) is null), sum(number(available))::varchar) as quantity,
    source_file, min(source_row) as source_row, list(source_row) as source_rows
from shopify_inventory_available_counts
where available is not null and taken_at is not null
group by source_file, taken_at, sku, location
