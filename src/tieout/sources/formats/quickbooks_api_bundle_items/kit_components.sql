-- The items of a bundle; without the tables of bundles and items they go by their ids.
-- Grain: one row per bundle and item.
with bundles as (
    select id, any_value(name) as name from quickbooks_api_bundles group by id
),
items as (
    select id, any_value(coalesce(stock_keeping_unit, name)) as sku from quickbooks_api_items group by id
)
select coalesce(bundles.name, bundle_id) as kit_sku, coalesce(items.sku, item_id) as component_sku,
    plain_number(item_quantity) as quantity, source_file, source_row
from quickbooks_api_bundle_items as content
left join bundles on content.bundle_id = bundles.id
left join items on content.item_id = items.id
where is_data
