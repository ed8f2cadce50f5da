-- The work that the differences make, and what it costs: an estimate, outside the ledger's money. Hours that people noted
-- (``close_log``) stand beside it as measured and are never added to it.
-- Grain: one row per period, activity and whether it is measured. Hours to four places; cost = hours × labour.hourly_rate, in
-- functional currency. ``hours`` of an estimate = ``exceptions`` (work_items.sql) × ``minutes_each`` (labour.minutes_…) ÷ 60; of
-- them ``avoidable``: evidence A or B; ``cases``: the pairs of cause and event that they clear. ``manual_entries``: journals
-- that people wrote, without proposals that came back, each as long as an entry takes.
with found as (
    select number, work as activity, count(*) as exceptions, count(*) filter (where is_avoidable) as avoidable,
        sum(cases)::bigint as cases
    from work_items
    group by all
    union all
    select number, 'manual_entries', count(distinct journal_id), null, null
    from recorded
    join periods using (period)
    where is_manual and is_compared and journal_id not in (select journal_id from posted_lines)
    group by all
),
activities as (
    select unnest([
        {'place': 1, 'activity': 'look', 'minutes_each': minutes_look},
        {'place': 2, 'activity': 'match', 'minutes_each': minutes_match},
        {'place': 3, 'activity': 'investigate', 'minutes_each': minutes_investigate},
        {'place': 4, 'activity': 'recompute', 'minutes_each': minutes_recompute},
        {'place': 5, 'activity': 'manual_entries', 'minutes_each': minutes_investigate}
    ], recursive := true)
    from settings
),
estimated as (
    select periods.period, periods.number, place, activities.activity, coalesce(exceptions, 0) as exceptions,
        half_up(ten_thousandths(coalesce(exceptions, 0) * minutes_each), 60)::decimal(18, 0) as hours,
        false as is_measured, 'assumed minutes' as source, minutes_each,
        case when place < 5 then coalesce(avoidable, 0) end as avoidable,
        case when place < 5 then coalesce(cases, 0) end as cases
    from periods
    cross join activities
    left join found on periods.number = found.number and activities.activity = found.activity
),
measured as (
    select close_log.period, any_value(periods.number) as number, 6 as place, activity,
        sum(ten_thousandths(hours))::decimal(18, 0) as hours, true as is_measured, 'close_log' as source,
        case when count(*) > count(hours)
            then (count(*) - count(hours)) || ' of ' || count(*) || ' rows give no hours' end as reason
    from close_log
    left join periods using (period)
    group by close_log.period, activity
),
timed as (
    select * replace ((hours * 0.0001)::decimal(18, 4) as hours)
    from (from estimated union all by name from measured)
)
select period, activity, exceptions, hours, money(times(hours, hourly_rate)) as cost, is_measured, source, minutes_each,
    avoidable, cases, reason
from timed
cross join settings
order by number, period, place, activity
