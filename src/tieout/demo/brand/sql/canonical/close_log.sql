-- What the month end took: hours of work by person and task.
-- Grain: one month, task and person.
select month_of(month) as period, activity, role, (minutes::decimal(18, 2) / 60)::decimal(18, 2) as hours,
    moment(midnight(last_day(month)) + 86400 + 28800) as started_at,
    moment(midnight(last_day(month)) + 86400 * days + 61200) as finished_at
from months
cross join lateral (
    select * from (values ('compare stock reports', 'analyst', 540, 3), ('reconcile channels', 'analyst', 620, 4),
        ('post corrections', 'controller', 300, 6)) as tasks (activity, role, base, days)
) as tasks
cross join lateral (select base + draw(month || activity, 'minutes', 240) as minutes) as spent
where midnight(last_day(month)) + 86400 * 7 < getvariable('ends')
order by period, activity
