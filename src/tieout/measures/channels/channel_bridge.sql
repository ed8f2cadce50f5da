-- What each cause did to each channel's contribution and contribution margin: from recorded to corrected, then on to expected.
-- Grain: one row per period, channel, cause and whether its lines count in the corrected book (evidence A to C).
-- ``contribution``: effect of the corrections in functional currency; Σ = corrected − recorded (then, over all channels,
-- expected − corrected: what the ledger books without a channel is expected on one, and that is no error).
-- ``margin_points`` = (Δcontribution − m · Δrevenue) ÷ revenue, with m and revenue before and after the leg: exact, order-free.
-- ``overstated`` and ``understated`` (both positive): what the ledger shows too much and too little of, summed over events;
-- ``gross``: Σ |amount|. ``contribution_min``: evidence A and B alone; ``contribution_max``: with what may be of this cause.
with candidates as (
    select correction_id, cause, evidence in ('A', 'B', 'C') as in_corrected, true as is_certain from corrections
    union all
    select correction_id, candidate, true, false from ambiguity
),
lines as (
    select
        period, channel, candidates.cause, in_corrected, is_certain, event_id, evidence in ('A', 'B') as is_sure,
        -amount as effect, case when role = 'revenue' then -amount else 0 end as revenue
    from candidates
    join corrections using (correction_id)
    where role in ('revenue', 'discounts', 'returns', 'shipping_income', 'cogs', 'fees', 'write_off', 'marketing')
),
events as (
    select period, channel, cause, in_corrected, event_id,
        coalesce(sum(effect) filter (where is_certain), 0) as effect,
        coalesce(sum(revenue) filter (where is_certain), 0) as revenue,
        coalesce(sum(abs(effect)) filter (where is_certain), 0) as gross,
        coalesce(sum(effect) filter (where is_certain and is_sure), 0) as least_effect,
        sum(effect) as most_effect
    from lines
    group by all
),
effects as (
    select period, channel, cause, in_corrected, sum(effect) as contribution, sum(revenue) as revenue,
        sum(greatest(-effect, 0)) as overstated, sum(greatest(effect, 0)) as understated, sum(gross) as gross,
        sum(least_effect) as contribution_min, sum(most_effect) as contribution_max
    from events
    group by all
),
legs as (
    select
        ends.period, ends.channel, ends.book = 'corrected' as in_corrected, starts.contribution_margin as margin_before,
        ends.revenue as revenue_after
    from channel_margin as ends
    left join channel_margin as starts
        on starts.period = ends.period and starts.channel is not distinct from ends.channel
        and starts.book = if(ends.book = 'corrected', 'recorded', 'corrected')
    where ends.book in ('corrected', 'expected')
)
select
    effects.period, effects.channel, effects.cause, money(effects.contribution) as contribution,
    (effects.contribution - margin_before * effects.revenue) / nullif(revenue_after, 0) as margin_points,
    money(overstated) as overstated, money(understated) as understated, money(gross) as gross,
    money(contribution_min) as contribution_min, money(contribution_max) as contribution_max, effects.in_corrected,
    case when coalesce(revenue_after, 0) = 0 then 'no revenue after the corrections'
        when margin_before is null then 'no revenue before the corrections' end as reason
from effects
left join legs
    on effects.period = legs.period and effects.channel is not distinct from legs.channel
    and effects.in_corrected = legs.in_corrected
join periods on effects.period = periods.period
order by periods.number, effects.channel, effects.in_corrected desc, abs(effects.contribution) desc, effects.cause
