-- Units on hand: available, committed to orders and unavailable together, for hardly anybody's history of stock tells them apart.
-- Grain: one row per sku and location of a file, of all its bins and variants; below zero where the shop sold too much.
select 'shopify' as system, taken_at, sku, location,
    coalesce(min(on_hand) filter (where number(on_hand) is null), sum(number(on_hand))::varchar) as quantity,
    source_file, min(source_row) as source_row, list(source_row) as source_rows
from shopify_inventory_counts
where on_hand is not null and taken_at is not null
group by source_file, taken_at, sku, location
