-- Recorded + truth - clean by event, period, role, sku, location and channel. Grain: one coordinate that is off; pence.
with sides as (
    select event_id, month_of(booked_on) as period, role, sku, location, channel, amount from entries
    union all
    select event_id, period, role, sku, location, channel, amount from truth
    union all
    select event_id, month_of(moment), role, sku, location, channel, -amount from journal
)
select event_id, period, role, sku, location, channel, sum(amount) as difference
from sides
group by all
having sum(amount) <> 0
order by all
