-- What becomes of stock that is over- or understated: whose money it is, by the other side of the lines that correct it.
-- Grain: one row per period end, cause and whether its lines count in the corrected book; cumulative. Functional currency,
-- recorded − corrected: positive is stock that is not there. net = recoverable + lost + already_sold + purchasing + other =
-- ``cash.net``.
-- ``recoverable``: owed by vendors that got goods back, by channels or by others; ``lost``: shrinkage, written off or
-- revalued;
-- ``already_sold``: cost of sales; ``purchasing``: never received or never owed; ``other``: the rest. Writing stock down
-- frees no cash: what is lost or already sold was paid for and is gone.
-- ``elsewhere``: stock that is only in another place or item; it is in no sum.  ``net_min``: evidence A and B alone;
-- ``net_max``: with every ambiguous line that the cause may be behind.
with candidates as (
    select cause, correction_id, true as is_sure from corrections
    union all
    select candidate, correction_id, false from ambiguity
),
lines as (
    select candidates.cause, is_sure, event_id, evidence, period, roles.half, amount,
        case when role in ('inventory', 'in_transit') then 'stock'
            when role in ('clearing', 'recoveries', 'other_income', 'return_asset') then 'recoverable'
            when role in ('grni', 'landed_cost_clearing', 'payables', 'prepaid', 'cash')
                then case when event_type = 'vendor_return' then 'recoverable' else 'purchasing' end
            when role in ('shrinkage', 'write_off', 'inventory_revaluation', 'purchase_price_variance') then 'lost'
            -- A company without such accounts books them as cost of sales.
            when role = 'cogs'
                then case when event_type in ('adjustment', 'count', 'write_off', 'status_change') then 'lost'
                    else 'already_sold' end
            else 'other' end as part
    from candidates
    join corrections using (correction_id)
    join roles using (role)
),
events as (
    -- An entry balances: what the stock of an event and period is corrected by has its other side here. A sale's own money
    -- (receivable against revenue) balances in itself, and is none of it.
    select cause, is_sure, event_id, evidence in ('A', 'B', 'C') as in_corrected, evidence in ('A', 'B') as is_strong, period,
        coalesce(sum(amount) filter (where part = 'recoverable' and half = 'goods'), 0)
            + case when sum(amount) filter (where half = 'money') <> 0
                then coalesce(sum(amount) filter (where part = 'recoverable' and half = 'money'), 0) else 0 end as recoverable,
        coalesce(sum(amount) filter (where part = 'lost'), 0) as lost,
        coalesce(sum(amount) filter (where part = 'already_sold'), 0) as already_sold,
        coalesce(sum(amount) filter (where part = 'purchasing'), 0) as purchasing,
        -sum(amount) filter (where part = 'stock') as net,
        0.5 * (sum(abs(amount)) filter (where part = 'stock') - abs(sum(amount) filter (where part = 'stock'))) as elsewhere
    from lines
    group by all
    having bool_or(part = 'stock')
),
movements as (
    -- What an ambiguous line is, its own row (cause ``ambiguous``) says; with its candidates it counts at most.
    select cause, in_corrected or not is_sure as in_corrected, number,
        sum(recoverable) filter (where is_sure) as recoverable, sum(lost) filter (where is_sure) as lost,
        sum(already_sold) filter (where is_sure) as already_sold, sum(purchasing) filter (where is_sure) as purchasing,
        sum(net) filter (where is_sure) as net, sum(elsewhere) filter (where is_sure) as elsewhere,
        sum(net) filter (where is_sure and is_strong) as net_min, sum(net) as net_max
    from events
    join periods using (period)
    group by all
),
running as (
    select periods.period, periods.number, cause, in_corrected,
        coalesce(sum(recoverable), 0) as recoverable, coalesce(sum(lost), 0) as lost,
        coalesce(sum(already_sold), 0) as already_sold, coalesce(sum(purchasing), 0) as purchasing,
        coalesce(sum(net), 0) as net, coalesce(sum(elsewhere), 0) as elsewhere,
        coalesce(sum(net_min), 0) as net_min, coalesce(sum(net_max), 0) as net_max
    from periods
    join movements on movements.number <= periods.number
    group by all
)
select period, cause, in_corrected, money(net) as net, money(recoverable) as recoverable, money(lost) as lost,
    money(already_sold) as already_sold, money(purchasing) as purchasing,
    money(net - recoverable - lost - already_sold - purchasing) as other,
    money(elsewhere) as elsewhere, money(net_min) as net_min, money(net_max) as net_max
from running
order by number, in_corrected desc, cause
