-- Grain: one line of a payout: a shipment's sale, a refund, a fee or a compensation; USD, as cash to the company.
with lines as (
    select channel, 'sale' as type, order_id, sku, quantity, revenue + shipping + tax - discount as amount,
        occurred_at as happened_at,
        event_id as id
    from sales
    union all
    select channel, 'refund', order_id, sku, quantity, -amount - case when channel = 'web' then tax else 0 end, refunded_at,
        refund_id
    from refunds
    union all
    select channel, 'fee', order_id, nullif(sku, ''), null, -amount, charged_at, fee_id from fees
    union all
    select channel, 'reimbursement', null, sku, quantity, amount, posted_at, sku || posted_at from reimbursements
)
select settlement_id, row_number() over (partition by settlement_id order by lines.happened_at, lines.type, lines.id) as line_no,
    lines.type, lines.order_id, lines.sku, lines.quantity, dollars(lines.amount) as amount, moment(lines.happened_at) as posted_at
from lines
join payouts on lines.channel = payouts.channel and lines.happened_at between payouts.starts_at and payouts.ends_at
order by settlement_id, line_no
