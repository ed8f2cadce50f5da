-- What the shop keeps and what it says that one costs.
-- Grain: one row per inventory item.
select sku, plain_number(cost) as standard_cost, currency, (lower(tracked) = 'true')::varchar as is_stocked,
    source_file, source_row
from shopify_api_inventory_items
where is_data
