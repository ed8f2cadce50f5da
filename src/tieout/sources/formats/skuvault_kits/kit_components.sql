-- What a kit is made of.
-- Grain: one row per kit and component; a component in two places counts for both.
select kit_sku, component_sku,
    coalesce(min(quantity) filter (where number(quantity) is null), sum(number(quantity))::varchar) as quantity,
    source_file, source_row
from skuvault_kits_places
group by source_file, source_row, kit_sku, component_sku
