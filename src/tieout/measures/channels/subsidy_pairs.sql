-- Who pays for whom: the fewest payments that settle the net positions of cross_subsidy, over all components.
-- Grain: one row per period, payer and receiver. Functional currency, positive: the payer looks worse than it is by ``amount``,
-- and the receiver better. The largest payer settles with the largest receiver first, then the next, ties by name.
-- ``basis``: unique between two channels; between more, other pairs would settle the same ``net positions``.
with positions as (
    select period, channel, sum(position) as position
    from cross_subsidy
    group by all
    having sum(position) <> 0
),
counts as (
    select period, count(*) as channels from positions group by period
),
spans as (
    -- Payers and receivers, each laid end to end along the same line.
    select period, channel, position < 0 as pays, sum(abs(position)) over longest_first as until,
        until - abs(position) as since
    from positions
    window longest_first as (partition by period, position < 0 order by abs(position) desc, channel rows unbounded preceding)
)
select
    payers.period, payers.channel as payer, receivers.channel as receiver,
    money(least(payers.until, receivers.until) - greatest(payers.since, receivers.since)) as amount,
    if(channels = 2, 'unique', 'net positions') as basis
from spans as payers
join spans as receivers
    on payers.period = receivers.period and payers.pays and not receivers.pays
    and payers.since < receivers.until and receivers.since < payers.until
join counts on payers.period = counts.period
join periods on payers.period = periods.period
order by periods.number, payers.since, receivers.since
