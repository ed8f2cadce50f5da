-- Grain: one item counted at one place.
select count_id, sku, location, counted_quantity, system_quantity, moment(counted_at) as counted_at, event_id
from cycle_counts
order by count_id
