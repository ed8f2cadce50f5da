-- How long events are on their way: until a system knew of them, and until the ledger had them.
-- Grain: one row per lag, system and type of event (one hop). ``lag`` recorded: recorded_at − occurred_at, of the system that
-- recorded; posted: first entry that stands − occurred_at, of the system that posted, money and goods of an event each. Hours;
-- ``entries`` with a time, ``without_time``: those that have none and are left out. ``out_of_period``: how many came into another
-- period than their own, ``out_of_period_amount`` their money (debits as they should be, functional currency), ``_share`` of the
-- money of the hop; ``reason``: why there is no share.
with known as (
    select system, event_id, type as event_type, occurred_at, recorded_at from stock_events
    union all
    select null, cost_id, type, effective_at, recorded_at from costs
),
debits as (
    select event_id, sum(debits) as debits
    from event_entries
    semi join (from known where recorded_at is not null) as timed using (event_id)
    group by event_id
),
recorded as (
    select 'recorded' as lag, known.system, known.event_type, date_diff('second', known.occurred_at, recorded_at) as seconds,
        coalesce(own.period <> later.period, false) as is_out, debits.debits
    from known
    semi join event_keys using (event_id)
    left join debits using (event_id)
    left join days as own on local_date(known.occurred_at) = own.date
    left join days as later on local_date(known.recorded_at) = later.date
),
posted as (
    select 'posted' as lag, entries.system, keys.event_type, date_diff('second', keys.occurred_at, posted_at) as seconds,
        coalesce(entries.period <> entries.due_period, false) as is_out, entries.debits
    from event_entries as entries
    join event_keys as keys using (event_id)
    where entries.date is not null
),
hops as (
    select
        lag, system, event_type, count(seconds) as entries, count(*) - count(seconds) as without_time,
        quantile_disc(seconds, [0.5, 0.9, 0.99, 1.0]) as quantiles, count(*) filter (where is_out) as out_of_period,
        coalesce(sum(debits) filter (where is_out), 0) as out_of_period_amount, sum(debits) as debits
    from (from recorded union all from posted)
    group by all
)
select
    lag, system, event_type, entries, without_time, quantiles[1] / 3600 as median_hours, quantiles[2] / 3600 as p90_hours,
    quantiles[3] / 3600 as p99_hours, quantiles[4] / 3600 as max_hours, out_of_period,
    money(out_of_period_amount) as out_of_period_amount,
    case when entries > 0 then out_of_period_amount / nullif(debits, 0) end as out_of_period_share,
    case when entries = 0 then 'no time is given' when coalesce(debits, 0) = 0 then 'no money belongs to it' end as reason
from hops
order by lag, system, event_type
