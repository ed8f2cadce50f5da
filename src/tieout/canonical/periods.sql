-- The accounting periods, in order.
-- Grain: one row per period. ``number`` is its place in time, whatever its name; ``is_complete``: its last date lies before
-- the company's "now" or on the same day.
with bounds as (
    select period, min(date) as start_date, max(date) as end_date from days group by period
)
select
    bounds.period,
    coalesce(fiscal_periods.start_date, date_trunc('month', bounds.start_date)::date) as start_date,
    coalesce(fiscal_periods.end_date, last_day(bounds.start_date)) as end_date,
    fiscal_periods.closed_at,
    coalesce(fiscal_periods.end_date, last_day(bounds.start_date)) <= local_date(as_of.moment) as is_complete,
    row_number() over (order by bounds.start_date) as number
from bounds
cross join as_of
left join fiscal_periods using (period)
order by number
