-- Shopify Payments transactions: each parcel's charge with its fee, and refunds, with the day on which they were paid out.
-- Grain: one charge or refund of the web shop.
with moved as (
    select order_id, 'charge' as type, occurred_at as moment, revenue + shipping + tax - discount as cents
    from sales
    where channel = 'web'
    union all
    select order_id, 'refund', refunded_at, -amount - tax from refunds where channel = 'web'
),
rows as (
    select order_id, type, moment(moment) as moment, dollars(cents) as amount, payouts.paid_at
    from moved
    left join payouts on payouts.channel = 'web' and moved.moment between payouts.starts_at and payouts.ends_at
)
select 'shopify/payment_transactions_export.csv' as file, with_zone(moment) as "Transaction Date", rows.type as "Type",
    rows.order_id as "Order", 'visa' as "Card Brand", 'online' as "Card Source",
    if(paid_at is null, 'pending', 'paid') as "Payout Status", strftime(moment(paid_at), '%Y-%m-%d') as "Payout Date",
    strftime(moment(paid_at), '%Y-%m-%d') as "Available On", rows.amount as "Amount",
    coalesce(fees.amount, 0)::decimal(18, 2) as "Fee", rows.amount - coalesce(fees.amount, 0)::decimal(18, 2) as "Net",
    '#' || draw(rows.order_id, 'checkout', 1000000) as "Checkout", 'card' as "Payment Method Name",
    rows.amount as "Presentment Amount",
    'USD' as "Presentment Currency", 'USD' as "Currency"
from rows
left join canonical.fees as fees on fees.carrier = 'shopify_payments' and rows.type = 'charge'
    and fees.order_id = rows.order_id and fees.charged_at = rows.moment
order by rows.moment, rows.order_id
