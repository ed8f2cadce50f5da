-- What is bought and sold; an item without a sku goes by its name.
-- Grain: one row per item.
select coalesce(stock_keeping_unit, name) as sku, name, plain_number(unit_price) as list_price,
    (lower(track_quantity_on_hand) = 'true')::varchar as is_stocked, source_file, source_row
from quickbooks_api_items
where is_data
