-- What lands in the wrong period and comes back in another: the distortion by errors that reverse.
-- Grain: one row per period. Functional currency, recorded − corrected: positive is too much in the period. An error is one of
-- timing where its lines say so (``timing`` = reversing: per event and role they cross periods and add up to zero), whatever its
-- cause; so Σ over all periods is zero in each column that is shifted.
-- ``overstated``, ``understated``: gross profit that events put into the period and take out of it, ``gross_profit_shifted`` =
-- their difference; ``_min``: evidence A and B alone; ``_max``: with what is ambiguous. ``margin_spike`` = |gross profit shifted|
-- ÷ |corrected gross profit|; ``spike_index``: Σ of the one ÷ Σ of the other over all periods; ``reason``: why there is no ratio.
with shifts as (
    select
        period, event_id, evidence in ('A', 'B', 'C') as in_corrected, evidence in ('A', 'B') as is_sure,
        sum(case when role = 'revenue' then amount else 0 end) as revenue,
        sum(case when role = 'cogs' then -amount else 0 end) as cogs,
        sum(amount) as gross_profit
    from corrections
    where timing = 'reversing' and evidence in ('A', 'B', 'C', 'D')
        and is_gross_profit(role)
    group by all
),
by_event as (
    select period, event_id, sum(revenue) as revenue, sum(cogs) as cogs, sum(gross_profit) as gross_profit
    from shifts
    where in_corrected
    group by all
),
by_period as (
    select period, sum(revenue) as revenue, sum(cogs) as cogs, sum(gross_profit) as gross_profit,
        sum(greatest(gross_profit, 0)) as overstated, sum(greatest(-gross_profit, 0)) as understated
    from by_event
    group by period
),
bounds as (
    select period, sum(gross_profit) filter (where is_sure) as gross_profit_min, sum(gross_profit) as gross_profit_max
    from shifts
    group by period
),
compared as (
    select
        periods.number, periods.period, coalesce(by_period.revenue, 0) as revenue, coalesce(by_period.cogs, 0) as cogs,
        coalesce(by_period.gross_profit, 0) as shifted, coalesce(overstated, 0) as overstated,
        coalesce(understated, 0) as understated, coalesce(gross_profit_min, 0) as shifted_min,
        coalesce(gross_profit_max, 0) as shifted_max, margin.gross_profit as corrected,
        sum(abs(shifted)) over () as all_shifted, sum(abs(corrected)) over () as all_corrected
    from periods
    left join margin on periods.period = margin.period and margin.book = 'corrected'
    left join by_period on periods.period = by_period.period
    left join bounds on periods.period = bounds.period
)
select
    period, money(revenue) as revenue_shifted, money(cogs) as cogs_shifted,
    abs(shifted) / nullif(abs(corrected), 0) as margin_spike, money(shifted) as gross_profit_shifted,
    money(overstated) as overstated, money(understated) as understated,
    money(shifted_min) as gross_profit_shifted_min, money(shifted_max) as gross_profit_shifted_max,
    all_shifted / nullif(all_corrected, 0) as spike_index,
    case when coalesce(corrected, 0) = 0 then 'no corrected gross profit to compare with' end as reason
from compared
order by number
