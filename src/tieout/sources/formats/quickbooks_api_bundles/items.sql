-- Bundles: kits that are never in stock themselves.
-- Grain: one row per bundle.
select name as sku, name, 'virtual' as kit_type, plain_number(unit_price) as list_price, source_file, source_row
from quickbooks_api_bundles
where is_data
