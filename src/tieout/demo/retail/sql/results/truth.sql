-- Correction lines, expected - recorded. Grain: cause, event, period, role, sku, location, channel; GBP.
select cause, event_id, role, nullif(sku, '') as sku, nullif(location, '') as location,
    nullif(channel, '') as channel, period, pounds(amount) as amount
from truth
order by cause, event_id, period, role, sku, location, channel
