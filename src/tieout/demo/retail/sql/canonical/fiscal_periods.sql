-- Calendar months, closed on the 7th of the next; the last one is open. Grain: one period.
with months as (
    select unnest(generate_series(
        (select date_trunc('month', min(moment)) from journal),
        (select date_trunc('month', max(moment)) from journal),
        interval 1 month
    )) as month
)
select month_of(month) as period, month::date as start_date, last_day(month) as end_date,
    case when next_month(month) <= (select max(moment) from journal)
        then next_month(month) + 6 + interval 18 hour end as closed_at
from months
order by period
