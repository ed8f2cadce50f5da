-- Which causes make the days of inventory wrong: exact, in whatever order the causes are taken.
-- Grain: one row per period and cause of the corrected book. Distortion (recorded − corrected): positive is too high.
-- ``average_inventory`` and ``cogs``: functional currency;  ``days`` = (average_inventory − recorded ratio × cogs) ÷
-- corrected cogs × days of the period: Σ = recorded − corrected days of inventory. NULL with a ``reason`` where a book has
-- no cost of sales, or the period no days yet.
with brought_forward as (
    select period, cause, -sum(amount) as brought
    from corrections
    where role in ('inventory', 'in_transit') and event_type = 'opening' and evidence in ('A', 'B', 'C')
    group by all
),
stock as (
    select period, cause,
        0.5 * (net + coalesce(brought, 0) + coalesce(lag(net) over (partition by cause order by number), 0)) as average
    from cash
    join periods using (period)
    left join brought_forward using (period, cause)
    where in_corrected
),
costs as (
    select period, cause, -sum(amount) as cogs
    from corrections
    where role = 'cogs' and evidence in ('A', 'B', 'C')
    group by all
),
ratios as (
    select period, number, any_value(days) as days,
        any_value(days_of_inventory) filter (where book = 'recorded') as recorded_days,
        any_value(cogs) filter (where book = 'corrected' and cogs > 0) as corrected_cogs
    from inventory_ratios
    join periods using (period)
    where is_total
    group by all
)
select period, cause, money(coalesce(average, 0)) as average_inventory, money(coalesce(cogs, 0)) as cogs,
    (coalesce(average, 0) - recorded_days / days * coalesce(cogs, 0)) / corrected_cogs * days as days,
    case when ratios.days = 0 then 'not begun'
        when recorded_days is null or corrected_cogs is null then 'no cost of sales' end as reason
from stock
full join costs using (period, cause)
join ratios using (period)
where average <> 0 or cogs <> 0
order by number, cause
