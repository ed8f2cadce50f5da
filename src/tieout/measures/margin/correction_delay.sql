-- How long an error stands: days from the event to the day on which the books are right again.
-- Grain: one row per cause. An event is settled where all its lines are booked since (end of that period), or where the cause
-- only shifts it in time (the date of its last line); else it is open, and stands until "now". Days count from the event, of an
-- entry without one from its own date. Medians over events; NULL with a ``reason`` where there is none. From ``corrections``.
with events as (
    select cause, event_id, min(date) as first_date, max(date) as last_date, bool_and(timing = 'reversing') as reverses,
        bool_and(status = 'posted') as is_posted, max(posted_in.end_date) as posted_on
    from (from corrections where evidence <> 'N' and step <> 'posted') as corrections
    left join periods as posted_in on corrections.posted_in = posted_in.period
    group by all
),
dated as (
    select cause, coalesce(local_date(event_keys.occurred_at), first_date) as happened_on,
        is_posted or reverses as is_settled,
        case when is_posted then posted_on when reverses then last_date else local_date(as_of.moment) end as stands_until
    from events
    cross join as_of
    left join event_keys using (event_id)
),
delays as (
    select cause, is_settled, greatest(stands_until - happened_on, 0) as days from dated
)
select cause, count(*) as events, count(*) filter (where is_settled) as settled,
    count(*) filter (where not is_settled) as still_open,
    median(days) as median_days, median(days) filter (where is_settled) as median_days_settled,
    median(days) filter (where not is_settled) as median_days_open, max(days) as longest_days,
    case when settled = 0 then 'nothing is settled yet' when still_open = 0 then 'nothing is open' end as reason
from delays
group by cause
order by cause
