-- Fees. Real: Amazon's, the bank's and the charity commission, and two credits of them (negative). Derived per
-- dispatched order: Amazon fulfilment 1.00 and 5 %, eBay referral 10 %, web shop payment 0.20 and 1.9 %.
-- Grain: one fee; ``amount`` in pence, a cost is positive.
with dispatched as (
    select order_id, channel, min(shipped_at) as moment, sum(value)::bigint as value
    from shipments
    group by order_id, channel
)
select
    event_key('FEE', row) as fee_id,
    case sku when 'AMAZONFEE' then 'amazon' when 'CRUK' then 'dotcom' else 'trade' end as channel,
    case sku when 'AMAZONFEE' then 'referral' when 'CRUK' then 'other' else 'payment' end as type,
    null as order_id, pence(-quantity * price) as amount, moment, true as is_real
from uses
where use in ('fee', 'fee reversal')
union all
select
    'FEE-' || order_id, channel,
    case channel when 'amazon' then 'fulfilment' when 'ebay' then 'referral' else 'payment' end,
    order_id,
    case channel
        when 'amazon' then 100 + (value * 5 + 50) // 100
        when 'ebay' then (value * 10 + 50) // 100
        else 20 + (value * 19 + 500) // 1000
    end,
    moment, false
from dispatched
where channel in ('amazon', 'ebay', 'dotcom') and value > 0
