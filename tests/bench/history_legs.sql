-- The stock history as the costing kernel takes it, but not in its order: as in costing/kernel_input.sql, columns and units.
-- Grain: one row per event, in the order of time. The cells of a sku are its four places.
with operations (type, is_inflow, code) as (
    values ('receipt', true, 1), ('adjustment', true, 1), ('shipment', false, 2), ('write_off', false, 2),
        ('adjustment', false, 2), ('transfer', false, 3), ('customer_return', true, 4)
),
numbered as (
    select *, row_number() over (order by pool, occurred_at, event_id) - 1 as row from events
)
select
    numbered.row, numbered.event_id, 1::bigint as leg, 0::bigint as after, numbered.pool::bigint as pool,
    operations.code as operation,
    coalesce(4 * numbered.pool + numbered.from_location[2]::bigint, -1) as cell_from,
    coalesce(4 * numbered.pool + numbered.to_location[2]::bigint, -1) as cell_to,
    (10000 * numbered.quantity)::bigint as quantity,
    (100 * numbered.quantity * numbered.unit_cost)::bigint as value,
    coalesce(sources.row, -1) as source,
    -1::bigint as standard, -1::bigint as assembly, 0::bigint as weight
from numbered
join operations
    on numbered.type = operations.type and operations.is_inflow = (numbered.from_location is null)
left join numbered as sources on numbered.source_event_id = sources.event_id
order by numbered.occurred_at
