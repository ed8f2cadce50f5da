-- Goods that the supplier ships to our customer: Dr cost of goods sold, Cr payables, at the shipment's own unit cost; they never
-- enter our stock.
-- Grain: one row per expected line.
with shipped as (
    select event_id, sku, ships_from, channel, date, quantity, money(times(priced_quantity, unit_cost)) as amount
    from stock_rows
    where owner = 'dropship' and type = 'shipment' and unit_cost is not null
)
select event_id, 'shipment' as event_type, sides.role,
    case when sides.role = 'cogs' then sku end as sku,
    case when sides.role = 'cogs' then ships_from end as location,
    case when sides.role = 'cogs' then channel end as channel,
    date, case when sides.role = 'cogs' then quantity end as quantity, sides.side * amount as amount
from shipped
cross join (values ('cogs', 1), ('payables', -1)) as sides (role, side)
