-- Stock at a new value without a movement (a revaluation, a new standard cost, a change of method to standard cost): Dr inventory
-- (goods in transit alike), Cr inventory revaluation.
-- Grain: one row per expected line.
with revalued as (
    select booked_under as event_id, type, sku, to_location as location, to_holding, date, arrived as amount
    from valued_legs
    where type in ('revaluation', 'standard_cost', 'method_change') and arrived <> 0
)
select event_id, type as event_type,
    case when sides.side = 1 then stock_role(to_holding) else 'inventory_revaluation' end as role, sku, location,
    null as channel, date, null::decimal(18, 4) as quantity, sides.side * amount as amount
from revalued
cross join (values (1), (-1)) as sides (side)
