-- Everything that was found wrong, whatever has become of it since: the unit in which exceptions and their work are counted.
-- Grain: one row per cause and event (or batch). Functional currency. ``gross``: Σ |amount| of its lines; ``net_profit``: what
-- they add to profit; ``lines``: how many they are; ``date``, ``period``: its first line; ``evidence``: of its weakest line;
-- ``is_cost``: all of them are of unit cost. What is no error (evidence N) is no case.
with lines as (
    select corrections.*, periods.number, case when roles.is_profit then -amount else 0 end as profit
    from corrections
    join roles using (role)
    join periods using (period)
    where evidence <> 'N' and step <> 'posted'
)
select cause, event_id, any_value(lines.family) as family, any_value(causes.work) as work,
    min(origin_event_id) as origin_event_id, min(number) as number, arg_min(period, number) as period, min(date) as date,
    max(evidence) as evidence, min(origin_system) as origin_system,
    bool_and(step = 'unit_cost') as is_cost, bool_or(status in ('open', 'accepted')) as is_open, min(posted_in) as posted_in,
    any_value(case_id) as case_id, count(*) as lines, bool_or(status = 'accepted') as is_accepted,
    sum(abs(amount)) as gross, sum(profit) as net_profit
from lines
join causes using (cause)
group by cause, event_id
