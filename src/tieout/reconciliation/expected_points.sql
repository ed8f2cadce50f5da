-- The expected book of the differing events, at the compared grain.
-- Grain: one row per unit, half and coordinate (role, sku, location, channel, period).
select
    sides.unit_id, sides.half, sides.role,
    case when has_sku then sku end as sku,
    case when has_location then location end as location,
    case when has_channel then channel end as channel,
    sides.period, min(date) as date, sum(quantity) as quantity, sum(amount) as amount
from sides
semi join differing using (unit_kind, unit_id, half)
join grain using (unit_kind, unit_id, half, role)
where side = 'expected' and unit_kind = 'event'
group by all
