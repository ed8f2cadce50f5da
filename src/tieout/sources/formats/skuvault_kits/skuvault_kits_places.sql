-- The places of the kits. Where several skus may fill one, the first is meant.
-- Grain: one place of a kit.
with kits as (
    select *, unnest(from_json(
        case when json_valid(components) then components else '[]' end, '[{"required": "VARCHAR", "products": ["VARCHAR"]}]'
    )) as place
    from skuvault_kits
    where is_data
)
select source_file, source_row, key as kit_sku, place.products[1] as component_sku, place.required as quantity,
    len(place.products) - 1 as alternatives
from kits
