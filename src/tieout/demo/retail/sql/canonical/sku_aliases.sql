-- Codes that the shop wrote in small letters. Grain: one spelling.
select 'shop' as system, code as external_sku, sku, null::timestamp as valid_from
from source_rows
where code <> sku
group by code, sku
order by code
