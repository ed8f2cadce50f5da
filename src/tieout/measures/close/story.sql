-- One exception ($cause of $event_id) as an entry: what is booked, what corrects it, and what should be booked.
-- Grain: one row per coordinate at which its books are compared (role, sku, location, channel, period). Functional currency,
-- Dr + / Cr −; recorded + correction + other = expected. ``other``: what other causes correct there.
with compared as (
    select sides.role, case when has_sku then sku end as sku, case when has_location then location end as location,
        case when has_channel then channel end as channel, period,
        case side when 'recorded' then amount else 0 end as recorded, 0 as correction, 0 as other,
        case side when 'expected' then amount else 0 end as expected
    from sides
    join grain using (unit_kind, unit_id, half, role)
    where unit_id = $event_id
),
corrected as (
    select role, sku, location, channel, period, 0 as recorded, if(cause = $cause, amount, 0) as correction,
        if(cause = $cause, 0, amount) as other, 0 as expected
    from corrections
    where event_id = $event_id and step not in ('posted', 'unfounded')
),
unfounded as (
    select role, sku, location, channel, period, -amount as recorded, amount as correction, 0 as other, 0 as expected
    from corrections
    where event_id = $event_id and cause = $cause and step = 'unfounded'
)
select role, sku, location, channel, period, money(sum(recorded)) as recorded, money(sum(correction)) as correction,
    money(sum(other)) as other, money(sum(expected)) as expected
from (from compared union all from corrected union all from unfounded)
join periods using (period)
group by role, sku, location, channel, period, number
order by number, abs(sum(correction)) desc, role, sku, location, channel
