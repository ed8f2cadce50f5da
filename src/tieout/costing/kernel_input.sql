-- The legs as the kernel takes them: whole numbers only, one pool after the other, each in its order.
-- Grain: one row per leg. ``source`` is the row of the leg that it takes back, takes from or adds to, −1 none, −2 current cost
-- by policy. Quantities in 1/10,000 units, values in minor units (of a change of method its code), standard cost in
-- 1/1,000,000. Codes as in costing/events.py.
with operations (operation, code) as (
    values ('in', 1), ('out', 2), ('move', 3), ('return', 4), ('add', 5), ('revalue', 6), ('group_out', 7),
        ('group_in', 8), ('switch', 9)
),
numbered as (
    select
        legs.*,
        from_cells.cell as cell_from, to_cells.cell as cell_to,
        coalesce(from_cells.pool, to_cells.pool) as pool,
        row_number() over (
            order by coalesce(from_cells.pool, to_cells.pool), legs.position, legs.after, legs.leg
        ) - 1 as row
    from legs
    left join cells as from_cells
        on legs.operation in ('out', 'move', 'group_out') and legs.sku = from_cells.sku
        and legs.from_location is not distinct from from_cells.location and legs.from_holding = from_cells.holding
    left join cells as to_cells
        on legs.operation not in ('out', 'group_out') and legs.sku = to_cells.sku
        and legs.to_location is not distinct from to_cells.location and legs.to_holding = to_cells.holding
)
select
    numbered.row, numbered.event_id, numbered.leg, numbered.after, numbered.pool,
    operations.code as operation,
    coalesce(numbered.cell_from, -1) as cell_from,
    coalesce(numbered.cell_to, -1) as cell_to,
    coalesce(ten_thousandths(numbered.quantity), 0) as quantity,
    coalesce(method_code(numbered.new_method), minor_units(numbered.value)) as value,
    case when numbered.type = 'customer_return' and numbered.operation = 'return' and settings.return_cost = 'current'
            or numbered.type = 'vendor_return' and settings.supplier_return = 'current' then -2
        when numbered.type = 'vendor_return' and settings.supplier_return = 'method_order' then -1
        else coalesce(sources.row, -1) end as source,
    coalesce((numbered.standard_cost::decimal(38, 6) * 1000000)::bigint, -1) as standard,
    coalesce(numbered.assembly, -1) as assembly,
    coalesce(numbered.weight, 0)::bigint as weight
from numbered
cross join settings
join operations using (operation)
left join numbered as sources
    on numbered.source_event_id = sources.event_id and numbered.source_leg = sources.leg
    and (sources.after = 0) = (numbered.operation <> 'revalue') and sources.row < numbered.row and sources.pool = numbered.pool
order by numbered.row
