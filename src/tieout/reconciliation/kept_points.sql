-- What the kept entries of the differing events booked, at the compared grain.
-- Grain: one row per unit, half, journal and coordinate. ``sign`` keeps the two ends of a transfer apart.
select
    sides.unit_id, sides.half, sides.journal_id, sides.role,
    case when has_sku then sku end as sku,
    case when has_location then location end as location,
    case when has_channel then channel end as channel,
    sides.period, sign(sum(amount)) as sign, min(date) as date, sum(quantity) as quantity, sum(amount) as amount
from sides
join fates
    on fates.unit_kind = 'event' and sides.unit_id = fates.unit_id and sides.half = fates.half
        and sides.journal_id = fates.journal_id
    and fates.fate = 'kept'
join grain
    on sides.unit_id = grain.unit_id and sides.half = grain.half and sides.role = grain.role
    and grain.unit_kind = 'event'
where sides.side = 'recorded' and sides.unit_kind = 'event'
group by all
