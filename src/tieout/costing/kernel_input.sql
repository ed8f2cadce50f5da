-- The legs as the kernel takes them: whole numbers only, one pool after the other, each in its order.
-- Grain: one row per leg. ``source`` is the row of the leg that it takes back or takes from, −1 none, −2 current cost by
-- policy. Quantities in 1/10,000 units, values in minor units, standard cost in 1/1,000,000.
with numbered as (
    select
        legs.*,
        from_cells.cell as cell_from, to_cells.cell as cell_to,
        coalesce(from_cells.pool, to_cells.pool) as pool,
        row_number() over (order by coalesce(from_cells.pool, to_cells.pool), legs.position, legs.leg) - 1 as row
    from legs
    left join cells as from_cells
        on legs.operation in ('out', 'move') and legs.sku = from_cells.sku
        and legs.from_location is not distinct from from_cells.location and legs.from_holding = from_cells.holding
    left join cells as to_cells
        on legs.operation <> 'out' and legs.sku = to_cells.sku
        and legs.to_location is not distinct from to_cells.location and legs.to_holding = to_cells.holding
)
select
    numbered.row, numbered.event_id, numbered.leg, numbered.pool,
    case numbered.operation when 'in' then 1 when 'out' then 2 when 'move' then 3 else 4 end as operation,
    coalesce(numbered.cell_from, -1) as cell_from,
    coalesce(numbered.cell_to, -1) as cell_to,
    ten_thousandths(numbered.quantity) as quantity,
    minor_units(numbered.value) as value,
    case when numbered.operation = 'return' and settings.return_cost = 'current' then -2
        else coalesce(sources.row, -1) end as source,
    coalesce((numbered.standard_cost::decimal(38, 6) * 1000000)::bigint, -1) as standard
from numbered
cross join settings
left join numbered as sources
    on numbered.source_event_id = sources.event_id and numbered.source_leg = sources.leg
    and sources.row < numbered.row
order by numbered.row
