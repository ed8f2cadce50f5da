-- Flipkart's warehouses.
-- Grain: one row per warehouse and file.
select warehouse_id as location, warehouse_id as name, '3pl' as type, source_file, min(source_row) as source_row
from flipkart_inventory_ledger_rows
where warehouse_id is not null
group by warehouse_id, source_file
