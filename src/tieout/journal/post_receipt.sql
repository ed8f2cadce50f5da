-- Goods received at their own price: Dr inventory (goods in transit where they arrive there), Cr goods received not invoiced.
-- Grain: one row per expected line.
with receipts as (
    select legs.event_id, legs.sku, legs.to_location, rows.arrives_at, legs.to_holding, rows.date, legs.quantity,
        legs.entered, case when legs.is_refused then 0 else coalesce(legs.own_value, legs.amount) end as amount
    from valued_legs as legs
    join stock_rows as rows using (event_id)
    where legs.type = 'receipt'
)
select
    event_id, 'receipt' as event_type,
    case when sides.role = 'inventory' then stock_role(to_holding) else sides.role end as role,
    sku, case when sides.role = 'grni' then arrives_at else to_location end as location, null as channel, date,
    case when sides.role = 'inventory' then quantity end as quantity,
    case when sides.role = 'inventory' then entered else -amount end as amount
from receipts
cross join (values ('inventory'), ('grni')) as sides (role)
