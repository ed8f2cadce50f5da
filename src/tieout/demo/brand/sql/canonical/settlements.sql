-- Grain: one payout; USD.
select settlement_id, shop(channel) as channel, moment(starts_at) as starts_at, moment(ends_at) as ends_at,
    moment(paid_at) as paid_at,
    dollars(gross) as gross, dollars(fees) as fees, dollars(refunds) as refunds, dollars(net) as net, 'USD' as currency
from payouts
order by settlement_id
