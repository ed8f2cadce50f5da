-- Counts and adjustments: what is gone Dr shrinkage, Cr inventory; what is found the other way round. Likewise the rows of an
-- assembly that lacks its other side.
-- Grain: one row per expected line.
with adjusted as (
    select legs.event_id, legs.type, legs.sku, rows.date,
        coalesce(legs.from_location, legs.to_location) as inventory_location,
        coalesce(rows.ships_from, rows.arrives_at) as location,
        case when legs.operation = 'in' then -1 else 1 end as loss, legs.quantity, legs.amount,
        case when legs.operation = 'in' then legs.arrived else legs.amount end as moved
    from valued_legs as legs
    join stock_rows as rows using (event_id)
    where legs.type in ('adjustment', 'count', 'assembly_in', 'assembly_out') and legs.operation in ('in', 'out')
        and (legs.from_holding not like 'damaged%' or legs.amount <> 0)
)
select event_id, type as event_type, sides.role, sku,
    case when sides.role = 'shrinkage' then location else inventory_location end as location,
    null as channel, date, (sides.side * loss * quantity)::decimal(18, 4) as quantity,
    sides.side * loss * case when sides.role = 'inventory' then moved else amount end as amount
from adjusted
cross join (values ('shrinkage', 1), ('inventory', -1)) as sides (role, side)
