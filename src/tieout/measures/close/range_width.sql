-- How surely gross profit is known: from the lowest to the highest that the evidence allows.
-- Grain: one row per period. Functional currency. ``gross_profit_proven``: recorded + corrections of evidence A and B; each
-- further cause and event (C, D, U) may hold or not: all that lower it give ``gross_profit_min``, all that raise it
-- ``gross_profit_max``. The corrected ``gross_profit`` lies between. ``width`` = max − min; ``ratio`` = width ÷ corrected
-- revenue.
with effects as (
    select period, evidence in ('A', 'B') as is_proven, sum(-amount) as effect
    from corrections
    where is_gross_profit(role) and evidence <> 'N'
    group by period, cause, event_id, is_proven
),
sums as (
    select period, sum(effect) filter (where is_proven) as proven,
        sum(greatest(effect, 0)) filter (where not is_proven) as raised,
        sum(greatest(-effect, 0)) filter (where not is_proven) as lowered
    from effects
    group by period
),
bounds as (
    select recorded.period, recorded.gross_profit + coalesce(proven, 0) as proven, coalesce(raised, 0) as raised,
        coalesce(lowered, 0) as lowered, corrected.gross_profit, corrected.revenue
    from margin as recorded
    join margin as corrected on recorded.period = corrected.period and corrected.book = 'corrected'
    left join sums on recorded.period = sums.period
    where recorded.book = 'recorded'
)
select period, money(gross_profit) as gross_profit, money(proven) as gross_profit_proven,
    money(proven - lowered) as gross_profit_min, money(proven + raised) as gross_profit_max, money(raised + lowered) as width,
    money(revenue) as revenue, case when revenue > 0 then (raised + lowered) / revenue end as ratio,
    case when revenue <= 0 then 'no sales' end as reason
from bounds
join periods using (period)
order by number
