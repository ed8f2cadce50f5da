-- The work of a period beside what the company did in it: free of its size.
-- Grain: one row per period. Hours and cost (functional currency) as in ``labour``: the estimate, and apart from it what was
-- measured. ``events``: stock events and documents that happened in the period. Rates per 1,000 events, NULL where there were
-- none. ``avoidable_share`` = exceptions of evidence A or B ÷ exceptions.
with happened as (
    select days.period, count(*) as events
    from event_keys
    join days on local_date(event_keys.occurred_at) = days.date
    where event_type not in ('accepted_entry', 'expected_returns')
    group by all
),
work as (
    select period,
        sum(exceptions) filter (where activity <> 'manual_entries') as exceptions, sum(avoidable) as avoidable,
        sum(exceptions) filter (where activity = 'manual_entries') as manual_entries,
        sum(hours) filter (where not is_measured) as hours, sum(cost) filter (where not is_measured) as cost,
        sum(hours) filter (where is_measured) as measured_hours, sum(cost) filter (where is_measured) as measured_cost
    from labour
    group by all
),
joined as (
    select periods.*, coalesce(events, 0) as events, work.* exclude (period)
    from periods
    join work using (period)
    left join happened using (period)
)
select period, events, exceptions::bigint as exceptions, manual_entries::bigint as manual_entries,
    hours::decimal(18, 4) as hours, money(cost) as cost, measured_hours::decimal(18, 4) as measured_hours,
    money(measured_cost) as measured_cost,
    1000 * exceptions / nullif(events, 0) as exceptions_per_1000_events,
    1000 * manual_entries / nullif(events, 0) as manual_entries_per_1000_events,
    1000 * hours / nullif(events, 0) as hours_per_1000_events,
    1000 * cost / nullif(events, 0) as cost_per_1000_events,
    1000 * measured_hours / nullif(events, 0) as measured_hours_per_1000_events,
    avoidable / nullif(exceptions, 0) as avoidable_share, is_complete,
    nullif(concat_ws('; ',
        case when events = 0 then 'rates: no events' end,
        case when measured_hours is null then 'measured: no close_log' end,
        case when exceptions = 0 then 'avoidable_share: no exceptions' end), '') as reason
from joined
order by number
