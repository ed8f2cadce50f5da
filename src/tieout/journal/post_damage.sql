-- Goods damaged in our hands, where they lose their value at once: Dr write-off for what cannot be recovered, the rest stays in
-- inventory; Cr inventory with the layers taken.
-- Grain: one row per expected line.
with damaged as (
    select legs.event_id, legs.type, legs.sku, legs.operation, legs.from_location, legs.to_location, legs.from_holding,
        coalesce(rows.ships_from, rows.arrives_at) as place, rows.date, rows.channel, legs.quantity, legs.amount
    from valued_legs as legs
    join stock_rows as rows using (event_id)
    where legs.type in ('status_change', 'transfer') and legs.operation in ('out', 'in')
)
select event_id, type as event_type, stock_role(from_holding) as role, sku, from_location as location, null as channel,
    date, (-quantity)::decimal(18, 4) as quantity, -amount as amount
from damaged
where operation = 'out'
union all
select event_id, type, 'write_off', sku, place, channel, date, quantity, amount from damaged where operation = 'out'
union all
select event_id, type, sides.role, sku, case when sides.role = 'inventory' then to_location else place end,
    case when sides.role = 'write_off' then channel end, date, null, sides.side * amount
from damaged
cross join (values ('inventory', 1), ('write_off', -1)) as sides (role, side)
where operation = 'in' and amount <> 0
