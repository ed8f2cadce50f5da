-- Goods written off: Dr write-off, Cr inventory, at the cost of the layers taken.
-- Grain: one row per expected line.
with lost as (
    select legs.event_id, legs.sku, legs.from_location, rows.ships_from, rows.channel, rows.date, legs.quantity, legs.amount
    from valued_legs as legs
    join stock_rows as rows using (event_id)
    where legs.type = 'write_off' and (legs.from_holding not like 'damaged%' or legs.amount <> 0)
)
select event_id, 'write_off' as event_type, sides.role, sku,
    case when sides.role = 'write_off' then ships_from else from_location end as location,
    case when sides.role = 'write_off' then channel end as channel,
    date, (sides.side * quantity)::decimal(18, 4) as quantity, sides.side * amount as amount
from lost
cross join (values ('write_off', 1), ('inventory', -1)) as sides (role, side)
