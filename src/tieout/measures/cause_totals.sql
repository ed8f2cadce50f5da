-- How much each cause explains, how surely, and what it does to profit.
-- Grain: one row per cause. Functional currency. ``gross``: Σ |amount|, ``net_profit``: what its corrections add to profit;
-- both also for evidence A and B alone (``_min``), and with every ambiguous line that it may be the cause of (``_max``).
with candidates as (
    select cause, correction_id, true as is_sure from corrections
    union all
    select candidate, correction_id, false from ambiguity
),
effects as (
    select candidates.cause, candidates.is_sure, corrections.event_id, corrections.evidence, abs(corrections.amount) as gross,
        case when roles.is_profit then -corrections.amount else 0 end as profit
    from candidates
    join corrections using (correction_id)
    join roles using (role)
)
select cause, any_value(causes.family) as family,
    count(distinct event_id) filter (where is_sure) as events,
    money(coalesce(sum(gross) filter (where is_sure), 0)) as gross,
    money(coalesce(sum(gross) filter (where is_sure and evidence in ('A', 'B')), 0)) as gross_min,
    money(sum(gross)) as gross_max,
    money(coalesce(sum(profit) filter (where is_sure), 0)) as net_profit,
    money(coalesce(sum(profit) filter (where is_sure and evidence in ('A', 'B')), 0)) as net_profit_min,
    money(sum(profit)) as net_profit_max
from effects
join causes using (cause)
group by cause
order by gross desc, cause
