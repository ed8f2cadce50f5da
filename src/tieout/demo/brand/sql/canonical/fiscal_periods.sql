-- Grain: one calendar month.
select month_of(month) as period, month as start_date, last_day(month) as end_date,
    case when midnight(last_day(month)) + 8 * 86400 + 64800 < getvariable('ends')
        then moment(midnight(last_day(month)) + 8 * 86400 + 64800) end as closed_at
from months
order by month
