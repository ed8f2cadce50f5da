-- Opening stock: Dr inventory, Cr other (it is in both books).
-- Grain: one row per expected line.
with openings as (
    select legs.event_id, legs.sku, legs.to_location as location, rows.date, legs.quantity,
        legs.entered,
        case when legs.is_refused then 0 else coalesce(legs.own_value, legs.amount) end as amount
    from valued_legs as legs
    join stock_rows as rows using (event_id)
    where legs.type = 'opening'
)
select event_id, 'opening' as event_type, sides.role, case when sides.role = 'inventory' then sku end as sku,
    case when sides.role = 'inventory' then location end as location, null as channel, date,
    case when sides.role = 'inventory' then quantity end as quantity,
    case when sides.role = 'inventory' then entered else -amount end as amount
from openings
cross join (values ('inventory'), ('other')) as sides (role)
