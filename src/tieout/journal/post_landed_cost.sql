-- Freight, duty and the like on a receipt: Dr inventory (or where costing/cost_placements.sql says), Cr landed cost clearing.
-- Grain: one row per expected line.
with lines as (
    select cost_id, role, sku, location, date, amount from cost_placements where type = 'landed_cost'
    union all
    select cost_id, 'landed_cost_clearing', goods_sku, goods_location, date, -amount
    from cost_placements
    where type = 'landed_cost'
)
select cost_id as event_id, 'landed_cost' as event_type, role, sku, location, null as channel, date,
    null::decimal(18, 4) as quantity, amount
from lines
