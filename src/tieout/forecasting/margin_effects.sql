-- What each cause did to revenue and gross profit: recorded + effects = corrected.
-- Grain: one row per complete period and cause of the corrected book (evidence A to C). Minor units of the functional currency.
select
    periods.number, cause,
    sum(case when role = 'revenue' then -minor_units(amount) else 0 end)::bigint as revenue,
    sum(-minor_units(amount))::bigint as gross_profit
from corrections
join periods using (period)
where periods.is_complete and evidence in ('A', 'B', 'C') and is_gross_profit(role)
group by all
