-- Goods shipped to a customer, at the cost of the layers taken: Dr cost of goods sold, Cr inventory; a kit per component.
-- Grain: one row per expected line.
with shipped as (
    select legs.event_id, legs.sku, legs.from_location, legs.from_holding, rows.ships_from, rows.date, legs.quantity,
        legs.amount, rows.channel
    from valued_legs as legs
    join stock_rows as rows using (event_id)
    where legs.type = 'shipment'
)
select
    event_id, 'shipment' as event_type,
    case when sides.role = 'inventory' then stock_role(from_holding) else sides.role end as role,
    sku,
    case when sides.role = 'cogs' then ships_from else from_location end as location,
    case when sides.role = 'cogs' then channel end as channel,
    date, (sides.side * quantity)::decimal(18, 4) as quantity, sides.side * amount as amount
from shipped
cross join (values ('cogs', 1), ('inventory', -1)) as sides (role, side)
