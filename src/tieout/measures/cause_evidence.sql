-- How surely each cause is known: its money by evidence level.
-- Grain: one row per cause and evidence. Functional currency. ``gross``: Σ |amount|, ``net_profit``: what the corrections add to
-- profit, ``percent``: of the gross of all corrections.
select cause, evidence, count(*) as lines, money(sum(abs(amount))) as gross,
    money(sum(case when roles.is_profit then -amount else 0 end)) as net_profit,
    round((100 * sum(abs(amount)) / nullif(sum(sum(abs(amount))) over (), 0))::double, 2) as percent
from corrections
join roles using (role)
group by cause, evidence
order by sum(sum(abs(amount))) over (partition by cause) desc, cause, evidence
