-- How each cause adds up: what it has done to profit and to stock since the beginning.
-- Grain: one row per period and cause, from its first correction on. Functional currency, recorded − corrected: positive is
-- too high.
-- ``profit`` and ``stock`` (inventory and in transit): of the period; ``profit_so_far`` and ``stock_so_far``: up to its end;
-- ``gross``: Σ |amount| of the period.
with movements as (
    select cause, period,
        sum(case when roles.is_profit then amount else 0 end) as profit,
        sum(case when role in ('inventory', 'in_transit') then -amount else 0 end) as stock,
        sum(abs(amount)) as gross
    from corrections
    join roles using (role)
    group by all
),
firsts as (
    select cause, min(number) as first_number from movements join periods using (period) group by cause
)
select periods.period, firsts.cause, money(coalesce(profit, 0)) as profit, money(coalesce(stock, 0)) as stock,
    money(coalesce(sum(profit) over so_far, 0)) as profit_so_far, money(coalesce(sum(stock) over so_far, 0)) as stock_so_far,
    money(coalesce(gross, 0)) as gross
from firsts
join periods on periods.number >= firsts.first_number
left join movements on periods.period = movements.period and firsts.cause = movements.cause
window so_far as (partition by firsts.cause order by periods.number)
order by periods.number, firsts.cause
