-- Freight between our own places: Dr freight, or where it is capitalised the goods that moved, Cr payables.
-- Grain: one row per expected line.
with lines as (
    select cost_id, role, sku, location, date, amount from cost_placements where type = 'transfer_freight'
    union all
    select cost_id, 'payables', null, null, date, -amount from cost_placements where type = 'transfer_freight'
)
select cost_id as event_id, 'transfer_freight' as event_type, role, sku, location, null as channel, date,
    null::decimal(18, 4) as quantity, amount
from lines
