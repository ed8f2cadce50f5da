-- What really moves when a virtual kit does: its components in force at that moment, kits within kits opened too.
-- Grain: one row per stock event of a virtual kit and component. Quantity in units of the component.
with recursive virtual_kits as (
    select sku from items where kit_type = 'virtual'
),
opened as (
    select rows.event_id, rows.occurred_at, rows.sku, rows.quantity::decimal(18, 4) as quantity, [rows.sku] as path
    from stock_rows as rows
    semi join virtual_kits on rows.sku = virtual_kits.sku
    union all
    select opened.event_id, opened.occurred_at, parts.component_sku,
        share_of_quantity(opened.quantity, parts.quantity, coalesce(parts.per, 1)),
        list_append(opened.path, parts.component_sku)
    from opened
    semi join virtual_kits on opened.sku = virtual_kits.sku
    join kit_components as parts
        on opened.sku = parts.kit_sku
        and (parts.valid_from is null or parts.valid_from <= opened.occurred_at)
        and (parts.valid_to is null or opened.occurred_at < parts.valid_to)
    where not list_contains(opened.path, parts.component_sku)
)
select event_id, sku, sum(quantity)::decimal(18, 4) as quantity
from opened
anti join virtual_kits on opened.sku = virtual_kits.sku
group by event_id, sku
