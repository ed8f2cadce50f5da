-- Grain: one refund; USD.
select refund_id, order_id, line_no, shop(refunds.channel) as channel, sku, quantity, dollars(amount) as amount,
    dollars(tax) as tax,
    'USD' as currency, moment(refunded_at) as refunded_at, restock_type, payouts.settlement_id
from refunds
left join payouts on refunds.channel = payouts.channel and refunds.refunded_at between starts_at and ends_at
order by refund_id
