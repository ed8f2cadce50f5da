-- The warehouses.
-- Grain: one row per warehouse and file, of all its bins.
select warehouse as location, warehouse as name, source_file, min(source_row) as source_row, list(source_row) as source_rows
from shiphero_locations
where is_data
group by source_file, warehouse
