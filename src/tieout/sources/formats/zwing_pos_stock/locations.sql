-- The stores.
-- Grain: one row per store and file.
select store_code as location, min(store_name) as name, 'store' as type, source_file, min(source_row) as source_row
from zwing_pos_stock
where is_data and store_code is not null
group by store_code, source_file
