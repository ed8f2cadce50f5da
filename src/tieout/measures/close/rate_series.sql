-- The rates whose trend is asked for, over the complete periods: of the work and of what the differences distort.
-- Grain: one row per subject (table that shows it), measure and period that has the rate.
select 'labour' as subject, measure, number, rate
from (
    unpivot (
        select number, manual_entries_per_1000_events, hours_per_1000_events, measured_hours_per_1000_events,
            exceptions_per_1000_events
        from labour_rates
        join periods using (period)
        where labour_rates.is_complete
    ) on columns(* exclude (number)) into name measure value rate
)
union all
select 'growth', driver, number, ratio
from growth
join periods using (period)
where is_complete and ratio is not null
union all
select 'growth', 'range_width', number, ratio
from range_width
join periods using (period)
where is_complete and ratio is not null
union all
select 'growth', 'sales', number, revenue::double
from range_width
join periods using (period)
where is_complete
