-- What the stock on hand is made of, at all places and on the road, running over the weeks: recorded = stock − corrections.
-- Grain: one row per week, sku, part (stock, correction) and, of a correction, its cause. Units moved in the week; week 0 is all
-- that moved before the first. Corrections as in demand_parts.
with parts as (
    select date, sku, 'stock' as part, null as cause, null as family, true as in_corrected, quantity as units
    from expected
    where role in ('inventory', 'in_transit')
    union all
    select coalesce(sales.date, corrections.date), sku, 'correction', cause, family, evidence in ('A', 'B', 'C'), quantity
    from corrections
    left join sale_dates as sales using (event_id, period)
    where role in ('inventory', 'in_transit') and cause <> 'zero_cost'
),
placed as (
    select coalesce(weeks.number, 0) as week, parts.* exclude (date)
    from parts
    left join weeks on parts.date between weeks.starts_on and weeks.ends_on
    where units <> 0 and parts.date <= (select max(ends_on) from weeks)
)
select week, sku, part, cause, family, in_corrected, sum(units)::decimal(18, 4) as units
from placed
group by all
having sum(units) <> 0
order by all
