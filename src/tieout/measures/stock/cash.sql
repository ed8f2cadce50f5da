-- Cash in inventory that is not there, or not shown: the distortion (recorded − corrected) of stock and goods in transit.
-- Grain: one row per period end, cause and whether its lines count in the corrected book; cumulative. Functional currency.
-- ``overstated`` and ``understated`` (both positive) are summed over sku and location, so one never hides the other;
-- ``net`` = overstated − understated.
with movements as (
    select cause, evidence in ('A', 'B', 'C') as in_corrected, sku, location, period, sum(-amount) as amount
    from corrections
    where role in ('inventory', 'in_transit')
    group by all
),
firsts as (
    select cause, in_corrected, sku, location, min(number) as first_number
    from movements
    join periods using (period)
    group by all
),
running as (
    select
        periods.period, periods.number, firsts.cause, firsts.in_corrected,
        sum(movements.amount) over (
            partition by firsts.cause, firsts.in_corrected, firsts.sku, firsts.location order by periods.number
        ) as amount
    from firsts
    join periods on periods.number >= firsts.first_number
    left join movements
        on periods.period = movements.period and firsts.cause = movements.cause
        and firsts.in_corrected = movements.in_corrected and firsts.sku is not distinct from movements.sku
        and firsts.location is not distinct from movements.location
)
select
    period, cause, money(sum(greatest(amount, 0))) as overstated, money(sum(greatest(-amount, 0))) as understated,
    money(sum(amount)) as net, in_corrected
from running
group by number, period, cause, in_corrected
order by number, in_corrected desc, cause
