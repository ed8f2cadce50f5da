-- The warehouses.
-- Grain: one row per warehouse and file.
select location, location as name, 'warehouse' as type, source_file, min(source_row) as source_row
from easyecom_inventory
where is_data and location is not null
group by location, source_file
