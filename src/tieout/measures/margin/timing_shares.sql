-- How much of what distorts profit comes back by itself (reversing), waits in the balance sheet (parked), stays (permanent), or
-- only stands in the wrong place (dimensional).
-- Grain: one row per period and timing, and per timing over all periods (period blank). Functional currency, recorded −
-- corrected: positive is too high. ``net``: of all profit accounts; ``gross``: Σ |amount| of their lines; shares of the sums over
-- the four, NULL with a ``reason`` where the sum is zero. A share of net may be negative or above 1: they hide each other.
-- From ``corrections`` of evidence A to C.
with timings (timing) as (
    values ('reversing'), ('parked'), ('permanent'), ('dimensional')
),
effects as (
    select period, timing, sum(amount) as net, sum(abs(amount)) as gross
    from corrections
    join roles using (role)
    where roles.is_profit and evidence in ('A', 'B', 'C')
    group by grouping sets ((period, timing), (timing))
),
grid as (
    select period, number, timing from periods cross join timings
    union all
    select null, null, timing from timings
),
sums as (
    select grid.*, coalesce(net, 0) as net, coalesce(gross, 0) as gross,
        sum(coalesce(net, 0)) over same_period as all_net, sum(coalesce(gross, 0)) over same_period as all_gross
    from grid
    left join effects on grid.period is not distinct from effects.period and grid.timing = effects.timing
    window same_period as (partition by grid.number)
)
select period, timing, money(net) as net, money(gross) as gross, net / nullif(all_net, 0) as net_share,
    gross / nullif(all_gross, 0) as gross_share,
    case when all_gross = 0 then 'nothing distorts profit' when all_net = 0 then 'what distorts profit nets to zero' end as reason
from sums
order by number nulls last, array_position(['reversing', 'parked', 'permanent', 'dimensional'], timing)
