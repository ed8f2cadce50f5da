-- Goods moved between places or into another status, at the cost of the layers that move: Dr inventory there, Cr inventory here
-- (in transit alike).
-- Grain: one row per expected line.
with moved as (
    select legs.*, rows.date as moved_on
    from valued_legs as legs
    join stock_rows as rows using (event_id)
    where legs.operation = 'move'
),
lines as (
    select event_id, type, sku, to_holding as holding, to_location as location, moved_on, quantity, entered as amount
    from moved
    union all
    select event_id, type, sku, from_holding, from_location, moved_on, -quantity, -amount from moved
)
select event_id, type as event_type, stock_role(holding) as role, sku, location, null as channel, moved_on as date,
    quantity::decimal(18, 4) as quantity, amount
from lines
