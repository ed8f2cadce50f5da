-- What really moves when a virtual kit does: its components in force at that moment, kits within kits opened too.
-- Grain: one row per stock event of a virtual kit and component. Quantity in units of the component; ``weight`` is its
-- part of the kit's value, by standard cost where all components have one, else by quantity.
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
),
parts as (
    select opened.event_id, opened.sku, sum(opened.quantity)::decimal(18, 4) as quantity,
        (sum(opened.quantity) * any_value(items.standard_cost::decimal(18, 6)))::decimal(38, 6) as standard_value
    from opened
    anti join virtual_kits on opened.sku = virtual_kits.sku
    left join items on opened.sku = items.sku
    group by opened.event_id, opened.sku
),
weighed as (
    select *,
        (10000 * case when count(*) over kit = count(nullif(standard_value, 0)) over kit then standard_value
            else quantity end)::hugeint as weight
    from parts
    window kit as (partition by event_id)
)
select event_id, sku, quantity, weight,
    sum(weight) over (partition by event_id order by sku) as weight_until,
    sum(weight) over (partition by event_id) as weight_of_all
from weighed
