-- What a late entry can put into the wrong period: what was sold in the last hours of each, and what of it was.
-- Grain: one row per period and number of hours before its end; the longer spans hold the shorter. Functional currency, positive
-- in the sense of the name. ``revenue``, ``cogs``: of the shipments of those hours, as they should be; ``…_elsewhere``: the part
-- that the ledger has in another period. ``events_in_batches``: shipments booked in an entry for many, of which that cannot be
-- told.
with spans (hours) as (
    values (1), (4), (24), (72)
),
ends as (
    select period, number, earlier_in_overlap(timezone(settings.timezone, (end_date + 1)::timestamp)) as ends_at
    from periods
    cross join settings
),
last_events as (
    select keys.event_id, ends.period, ends.ends_at - keys.occurred_at as before_end
    from event_keys as keys
    join ends on keys.occurred_at < ends.ends_at and keys.occurred_at >= ends.ends_at - interval 72 hours
    where keys.event_type = 'shipment'
),
due as (
    select event_id, period, -sum(amount) filter (where role = 'revenue') as revenue,
        sum(amount) filter (where role = 'cogs') as cogs
    from expected
    join last_events using (event_id, period)
    where role in ('revenue', 'cogs')
    group by all
),
moved as (
    select event_id, period, -sum(amount) filter (where role = 'revenue') as revenue,
        sum(amount) filter (where role = 'cogs') as cogs
    from corrections
    join last_events using (event_id, period)
    where step = 'period' and role in ('revenue', 'cogs')
    group by all
),
summed as (
    select distinct event_id from event_entries where is_summed
),
events as (
    select last_events.*, due.revenue, due.cogs, moved.revenue as revenue_elsewhere, moved.cogs as cogs_elsewhere,
        summed.event_id is not null as is_in_batch
    from last_events
    join due using (event_id, period)
    left join moved using (event_id, period)
    left join summed using (event_id)
)
select
    ends.period, spans.hours, count(events.event_id) as events, money(coalesce(sum(revenue), 0)) as revenue,
    money(coalesce(sum(cogs), 0)) as cogs, money(coalesce(sum(revenue_elsewhere), 0)) as revenue_elsewhere,
    money(coalesce(sum(cogs_elsewhere), 0)) as cogs_elsewhere,
    count(events.event_id) filter (where is_in_batch) as events_in_batches
from ends
cross join spans
left join events on ends.period = events.period and events.before_end <= to_hours(spans.hours)
group by ends.number, ends.period, spans.hours
order by ends.number, spans.hours
