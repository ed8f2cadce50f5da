-- Events whose revenue or cost of sales was booked on another day than its own, or in different periods.
-- Grain: one row per event. ``…_due``: the day on which the policy has it; ``…_date``: the accounting date of the first entry
-- that stands; ``…_days`` = booked − due; ``gap_days``: from revenue booked to cost booked; ``…_hours``: from the event to the
-- entry (``posted_at``), ``gap_hours`` between the two entries. Revenue is with discounts, returns and shipping. Money as it
-- should be, in functional currency, positive in the sense of its name. Blank where nothing was booked, or is due.
with sales as (
    from event_entries where revenue is not null or cogs is not null
),
events as (
    select
        event_id,
        any_value(due_date) filter (where half = 'money') as revenue_due,
        any_value(due_date) filter (where half = 'goods') as cogs_due,
        any_value(due_period) filter (where half = 'money') as revenue_due_period,
        any_value(due_period) filter (where half = 'goods') as cogs_due_period,
        any_value(date) filter (where half = 'money') as revenue_date,
        any_value(date) filter (where half = 'goods') as cogs_date,
        any_value(period) filter (where half = 'money') as revenue_period,
        any_value(period) filter (where half = 'goods') as cogs_period,
        any_value(posted_at) filter (where half = 'money') as revenue_posted_at,
        any_value(posted_at) filter (where half = 'goods') as cogs_posted_at,
        sum(revenue) as revenue, sum(cogs) as cogs
    from sales
    group by event_id
    having revenue_due <> revenue_date or cogs_due <> cogs_date or revenue_period <> cogs_period
)
select
    events.event_id, event_keys.event_type, event_keys.occurred_at, days.period as event_period,
    revenue_due, revenue_date, revenue_period, cogs_due, cogs_date, cogs_period,
    date_diff('day', revenue_due, revenue_date) as revenue_days, date_diff('day', cogs_due, cogs_date) as cogs_days,
    date_diff('day', revenue_date, cogs_date) as gap_days,
    date_diff('second', event_keys.occurred_at, revenue_posted_at) / 3600 as revenue_hours,
    date_diff('second', event_keys.occurred_at, cogs_posted_at) / 3600 as cogs_hours,
    date_diff('second', revenue_posted_at, cogs_posted_at) / 3600 as gap_hours,
    coalesce(revenue_period <> revenue_due_period, false) or coalesce(cogs_period <> cogs_due_period, false) as crosses_period,
    money(revenue) as revenue, money(cogs) as cogs
from events
join event_keys using (event_id)
left join days on local_date(event_keys.occurred_at) = days.date
order by event_keys.occurred_at, events.event_id
