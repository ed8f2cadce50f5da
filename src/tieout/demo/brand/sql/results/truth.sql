-- Grain: cause, event, role, sku, location, channel and period; USD, expected - recorded, debit +.
select cause, event_id, role, sku, location, shop(channel) as channel, period, dollars(amount) as amount
from truth
order by cause, event_id, role, sku, location, channel, period
