-- Kits whose cost depends on which of several skus was taken.
-- Grain: one row per file that has any.
select 'kit_alternatives' as finding, 'warning' as severity, 'kit_components' as "table", source_file as id,
    count(distinct kit_sku) || ' kits have places that one of several skus may fill; the first of them is taken' as message,
    count(*)::decimal(18, 4) as quantity, null::decimal(38, 6) as amount
from skuvault_kits_places
where alternatives > 0
group by source_file
