-- Grain: one fee; USD.
select fee_id, shop(fees.channel) as channel, order_id, line_no, nullif(sku, '') as sku, type, dollars(amount) as amount,
    'USD' as currency,
    moment(charged_at) as charged_at, payouts.settlement_id
from fees
left join payouts on fees.channel = payouts.channel and fees.charged_at between starts_at and ends_at
order by fee_id
