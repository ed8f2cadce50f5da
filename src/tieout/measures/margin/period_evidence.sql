-- How surely the corrections of a period are known.
-- Grain: one row per period and evidence. Functional currency. ``gross``: Σ |amount| of the corrections; ``gross_profit``: what
-- they add to it.
select period, evidence, count(*) as lines, money(sum(abs(amount))) as gross,
    money(sum(case when is_gross_profit(role) then -amount else 0 end)) as gross_profit
from corrections
group by period, evidence
order by period, evidence
