-- What the warehouse's system and the web shop's copy of it believe to be there, each week.
-- Grain: one item, place and moment.
select 'wms' as system, moment(taken_at) as taken_at, sku, location, 'available' as status, quantity from copies
union all
select 'web shop', moment(taken_at), sku, location, 'available', quantity + coalesce(drifts.units, 0)
from copies
left join drifts using (sku, location, taken_at)
where location <> 'FBA'
order by system, taken_at, sku, location
