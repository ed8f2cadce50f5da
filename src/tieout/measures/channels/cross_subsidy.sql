-- Which channel carries costs of which: what corrections move from one channel to another, within a period.
-- Grain: one row per period, channel and component with a position. Functional currency, recorded − corrected contribution: above
-- zero the channel looks better than it is, others pay for it; below zero it pays. Σ over channels = 0 per period and component.
-- ``overstated`` and ``understated`` (both positive) are summed over causes and events, so one never hides the other;
-- ``position`` = overstated − understated; ``position_min``: evidence A and B alone.
with lines as (
    select period, cause, event_id, channel, evidence in ('A', 'B') as is_sure, amount,
        case when role in ('revenue', 'discounts', 'returns', 'cogs', 'fees') then role else 'other' end as component
    from corrections
    where timing = 'dimensional' and evidence in ('A', 'B', 'C')
        and role in ('revenue', 'discounts', 'returns', 'shipping_income', 'cogs', 'fees', 'write_off', 'marketing')
),
moves as (
    select period, cause, event_id, channel, component, is_sure, sum(amount) as amount from lines group by all
),
between_channels as (
    -- What does not cancel out over the channels is no move between them.
    select *
    from moves
    qualify sum(amount) over (partition by period, cause, event_id, component, is_sure) = 0
)
select
    period, channel, component, money(sum(amount)) as position, money(sum(greatest(amount, 0))) as overstated,
    money(sum(greatest(-amount, 0))) as understated, money(coalesce(sum(amount) filter (where is_sure), 0)) as position_min
from between_channels
join periods using (period)
where amount <> 0
group by number, period, channel, component
order by number, channel, component
