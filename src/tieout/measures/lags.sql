-- How long events are on their way: until a system knew of them, and until the ledger had them.
-- Grain: one row per lag, system and type of event (one hop). ``lag`` recorded: recorded_at − occurred_at, of the system that
-- recorded; posted: first entry that stands − occurred_at, of the system that posted. Hours; ``entries`` with a time,
-- ``without_time``: those that have none and are left out. ``out_of_period``: how many crossed into another period than their
-- own, ``amount`` their money (debits as they should be, functional currency), ``share`` of the money of the hop; ``reason``: why
-- there is no share.
with due as (
    select event_id, roles.half, list(distinct period) as periods, sum(greatest(amount, 0)) as amount
    from expected
    join roles using (role)
    group by all
),
known as (
    select system, event_id, type as event_type, occurred_at, recorded_at from stock_events
    union all
    select null, cost_id, type, effective_at, recorded_at from costs
),
recorded as (
    select 'recorded' as lag, known.system, known.event_type, date_diff('second', known.occurred_at, recorded_at) as seconds,
        then_days.period <> now_days.period as is_out, amounts.amount
    from known
    semi join event_keys using (event_id)
    left join (select event_id, sum(amount) as amount from due group by event_id) as amounts using (event_id)
    left join days as then_days on local_date(known.occurred_at) = then_days.date
    left join days as now_days on local_date(known.recorded_at) = now_days.date
),
posted as (
    select 'posted' as lag, entries.system, keys.event_type, date_diff('second', keys.occurred_at, posted_at) as seconds,
        not list_contains(due.periods, entries.period) as is_out, due.amount
    from first_entries as entries
    join event_keys as keys using (event_id)
    left join due using (event_id, half)
),
hops as (
    select
        lag, system, event_type, count(seconds) as entries, count(*) - count(seconds) as without_time,
        quantile_disc(seconds, [0.5, 0.9, 0.99, 1.0]) as quantiles,
        count(*) filter (where is_out) as out_of_period, coalesce(sum(amount) filter (where is_out), 0) as out_of_period_amount,
        sum(amount) as amount
    from (from recorded union all from posted)
    group by all
)
select
    lag, system, event_type, entries, without_time, quantiles[1] / 3600 as median_hours, quantiles[2] / 3600 as p90_hours,
    quantiles[3] / 3600 as p99_hours, quantiles[4] / 3600 as max_hours, out_of_period,
    money(out_of_period_amount) as out_of_period_amount, out_of_period_amount / nullif(amount, 0) as out_of_period_share,
    case when entries = 0 then 'no time is given' when coalesce(amount, 0) = 0 then 'no money belongs to it' end as reason
from hops
order by lag, system, event_type
