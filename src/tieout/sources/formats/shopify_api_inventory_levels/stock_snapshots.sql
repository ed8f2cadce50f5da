-- Units on hand where the table says them, else those that are free to sell.
-- Grain: one row per sku and location of a file, of all its variants; below zero where the shop sold too much.
with items as (
    select id, any_value(sku) as sku from shopify_api_inventory_items where is_data group by id
),
places as (
    select id, any_value(name) as name from shopify_api_locations where is_data group by id
),
kept as (
    select inventory_item_id, inventory_level_id, any_value(quantity) as on_hand
    from shopify_api_inventory_quantities
    where name = 'on_hand'
    group by all
),
counted as (
    select levels.source_file, levels.source_row, items.sku, coalesce(places.name, location_id) as location,
        coalesce(on_hand, available) as quantity, case when on_hand is null then 'available' end as status,
        max(iso_time(landed_at, file_zone, file_dates)) over (partition by levels.source_file) as landed_at
    from shopify_api_inventory_levels as levels
    join items on levels.inventory_item_id = items.id
    left join places on location_id = places.id
    left join kept on levels.inventory_item_id = kept.inventory_item_id and levels.id = kept.inventory_level_id
    where is_data
)
select 'shopify' as system, coalesce(landed_at, time_in_name(source_file)) as taken_at, sku, location, status,
    coalesce(min(quantity) filter (where number(quantity) is null), sum(number(quantity))::varchar) as quantity,
    source_file, min(source_row) as source_row, list(source_row) as source_rows
from counted
where quantity is not null
group by source_file, landed_at, sku, location, status
