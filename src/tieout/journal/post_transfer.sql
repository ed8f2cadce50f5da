-- Goods moved between places, at the cost of the layers that move: Dr inventory there, Cr inventory here (in transit alike).
-- Grain: one row per expected line.
with moved as (
    select legs.*, rows.date
    from valued_legs as legs
    join stock_rows as rows using (event_id)
    where legs.type = 'transfer'
),
lines as (
    select event_id, sku, to_holding as holding, to_location as location, date, quantity, amount from moved
    union all
    select event_id, sku, from_holding, from_location, date, -quantity, -amount from moved
)
select event_id, 'transfer' as event_type,
    case when holding like 'transit%' then 'in_transit' else 'inventory' end as role,
    sku, location, null as channel, date, quantity::decimal(18, 4) as quantity, amount
from lines
