-- Kits are put together as they ship: they have no stock of their own.
-- Grain: one row per kit.
select key as sku, 'virtual' as kit_type, source_file, source_row
from skuvault_kits
where is_data
