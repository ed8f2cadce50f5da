-- What each cause did to gross profit and to the margin: from recorded to corrected, then on to expected.
-- Grain: one row per period, cause and whether its lines count in the corrected book (evidence A to C).
-- ``gross_profit``: effect of the corrections; Σ = corrected − recorded (then expected − corrected).
-- ``margin_points`` = (ΔGP − g · ΔRevenue) ÷ Revenue, with g and Revenue before and after the leg of the bridge: exact,
-- order-free.
with lines as (
    select
        period, cause, evidence in ('A', 'B', 'C') as in_corrected,
        -amount as gross_profit,
        case when role = 'revenue' then -amount else 0 end as revenue
    from corrections
    where is_gross_profit(role)
),
effects as (
    select period, cause, in_corrected, sum(gross_profit) as gross_profit, sum(revenue) as revenue
    from lines
    group by all
)
select
    effects.period, effects.cause, money(effects.gross_profit) as gross_profit,
    (effects.gross_profit - legs.margin_before * effects.revenue) / nullif(legs.revenue_after, 0) as margin_points,
    effects.in_corrected
from effects
join margin_legs as legs using (period, in_corrected)
join periods using (period)
order by periods.number, effects.in_corrected desc, abs(effects.gross_profit) desc, effects.cause
