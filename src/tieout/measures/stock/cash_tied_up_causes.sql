-- Which causes distort the money tied up in stock: exact, cumulative.
-- Grain: one row per period end, cause and whether its lines count in the corrected book. Functional currency, recorded −
-- corrected (then corrected − expected): positive is too high. cash_tied_up = stock − unpaid + prepaid; NULL as in
-- ``cash_tied_up``. ``cash_tied_up_min``: evidence A and B alone.
with movements as (
    select cause, evidence in ('A', 'B', 'C') as in_corrected, number,
        sum(case when role in ('inventory', 'in_transit') then -amount else 0 end) as stock,
        sum(case when role in ('grni', 'landed_cost_clearing', 'payables') then amount else 0 end) as unpaid,
        sum(case when role = 'prepaid' then -amount else 0 end) as prepaid,
        sum(case when evidence in ('A', 'B') then -amount else 0 end) as strong
    from corrections
    join periods using (period)
    where role in ('inventory', 'in_transit', 'grni', 'landed_cost_clearing', 'payables', 'prepaid')
    group by all
),
running as (
    select periods.period, periods.number, cause, in_corrected,
        sum(stock) as stock, sum(unpaid) as unpaid, sum(prepaid) as prepaid, sum(strong) as strong
    from periods
    join movements on movements.number <= periods.number
    group by all
)
select period, cause, in_corrected, money(stock) as stock, money(unpaid) as unpaid, money(prepaid) as prepaid,
    case when reason is null then money(stock - unpaid + prepaid) end as cash_tied_up,
    case when reason is null then money(strong) end as cash_tied_up_min, reason
from running
join (select distinct period, reason from cash_tied_up) using (period)
order by number, in_corrected desc, cause
