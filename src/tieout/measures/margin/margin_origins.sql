-- What first went wrong: gross profit and margin by the event where an error began, so that a missed freight bill is one row, not
-- each of the sales that it made too cheap.
-- Grain: one row per period, cause, origin, system, root and whether its lines count in the corrected book (evidence A to C).
-- Functional currency, effect of the corrections: Σ over the origins = ``margin_bridge``; ``margin_points`` as there.
-- ``events``: those whose lines bear the effect. From ``corrections`` (origin_event_id, origin_system, root).
with effects as (
    select
        period, cause, origin_event_id, origin_system, root, evidence in ('A', 'B', 'C') as in_corrected,
        count(distinct event_id) as events, sum(-amount) as gross_profit,
        sum(case when role = 'revenue' then -amount else 0 end) as revenue
    from corrections
    where is_gross_profit(role)
    group by all
    having gross_profit <> 0 or revenue <> 0
)
select
    effects.period, effects.cause, effects.origin_event_id, event_keys.event_type as origin_type, effects.origin_system,
    effects.root, effects.events, money(effects.gross_profit) as gross_profit,
    (effects.gross_profit - legs.margin_before * effects.revenue) / nullif(legs.revenue_after, 0) as margin_points,
    effects.in_corrected
from effects
join margin_legs as legs using (period, in_corrected)
join periods using (period)
left join event_keys on effects.origin_event_id = event_keys.event_id
order by periods.number, effects.in_corrected desc, abs(effects.gross_profit) desc, effects.cause, effects.origin_event_id,
    effects.origin_system, effects.root
