-- What really moves when a virtual kit does: its components in force at that moment, kits within kits opened too.
-- Grain: one row per stock event of a virtual kit and component. Quantity in units of the component, rounded over all movements
-- of the kit between the same places, so that three kits of a third take one; ``weight`` is its part of the kit's value, by
-- standard cost where all components have one, else by quantity.
with recursive virtual_kits as (
    select sku from items where kit_type = 'virtual'
),
opened as (
    -- ``units`` of the component for every ``kits`` of the outermost kit.
    select rows.event_id, rows.occurred_at, rows.sku, 1::hugeint as units, 1::hugeint as kits, [rows.sku] as path
    from stock_rows as rows
    semi join virtual_kits on rows.sku = virtual_kits.sku
    union all
    select opened.event_id, opened.occurred_at, parts.component_sku,
        coalesce(try(opened.units * ten_thousandths(parts.quantity)), 0)
            // gcd(ten_thousandths(parts.quantity)::hugeint, ten_thousandths(coalesce(parts.per, 1))::hugeint),
        coalesce(try(opened.kits * ten_thousandths(coalesce(parts.per, 1))), 1)
            // gcd(ten_thousandths(parts.quantity)::hugeint, ten_thousandths(coalesce(parts.per, 1))::hugeint),
        list_append(opened.path, parts.component_sku)
    from opened
    semi join virtual_kits on opened.sku = virtual_kits.sku
    join kit_components as parts
        on opened.sku = parts.kit_sku
        and (parts.valid_from is null or parts.valid_from <= opened.occurred_at)
        and (parts.valid_to is null or opened.occurred_at < parts.valid_to)
    where not list_contains(opened.path, parts.component_sku)
),
counted as (
    select opened.event_id, opened.sku, opened.units, opened.kits,
        ten_thousandths(rows.quantity)::hugeint as moved, sum(moved) over so_far as moved_until
    from opened
    join stock_rows as rows using (event_id)
    anti join virtual_kits on opened.sku = virtual_kits.sku
    window so_far as (
        partition by opened.path, opened.units, opened.kits, rows.ships_from, rows.arrives_at order by rows.position
    )
),
taken as (
    select event_id, sku,
        (coalesce(try_cast(try(half_up(moved_until * units, kits) - half_up((moved_until - moved) * units, kits))
            as decimal(18, 0)), 0)::decimal(18, 0) * 0.0001)::decimal(18, 4) as quantity
    from counted
),
parts as (
    select opened.event_id, opened.sku, sum(opened.quantity)::decimal(18, 4) as quantity,
        (sum(opened.quantity) * any_value(items.standard_cost::decimal(18, 6)))::decimal(38, 6) as standard_value
    from taken as opened
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
