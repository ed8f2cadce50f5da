-- What the company keeps, and what SkuVault believes it costs. The counts of the warehouse are not read: nothing dates them.
-- Grain: one row per product.
select sku, title as name, case when sku in (select key from skuvault_kits) then 'virtual' else 'none' end as kit_type,
    plain_number(cost) as standard_cost, source_file, source_row
from skuvault_products
where is_data
