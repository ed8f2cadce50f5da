-- Amazon's settlements, flat file V2: first what a settlement pays, then its amounts.
-- Grain: one settlement, or one of its lines; a file for each settlement.
with kinds as (
    select * from (
        values ('sale', ['Order', 'ItemPrice', 'Principal']), ('refund', ['Refund', 'ItemPrice', 'Principal']),
            ('referral', ['Order', 'ItemFees', 'Commission']), ('fulfilment', ['Order', 'ItemFees', 'FBAPerUnitFulfillmentFee']),
            ('storage', ['other-transaction', 'other-transaction', 'Storage Fee']),
            ('advertising', ['ServiceFee', 'Cost of Advertising', 'TransactionTotalAmount']),
            ('reimbursement', ['other-transaction', 'FBA Inventory Reimbursement', 'WAREHOUSE_LOST'])
    ) as kinds (type, words)
),
rows as (
    select settlement_id, 0 as place, starts_at, ends_at, paid_at, net as total, 'USD' as currency, null::varchar as event,
        null::varchar as order_id, null::varchar as kind, null::varchar as said, null::decimal(18, 2) as amount,
        null::timestamp as posted_at, null::varchar as sku, null::bigint as quantity
    from canonical.settlements
    where carrier = 'amazon_settlement_v2'
    union all
    select lines.settlement_id, lines.line_no::bigint, null, null, null, null, null,
        words[1], lines.order_id, words[2], words[3], lines.amount, posted_at, lines.sku, lines.quantity
    from canonical.settlement_lines as lines
    left join canonical.fees as fees on fees.fee_id = lines.settlement_id || ':' || lines.line_no
    left join kinds on kinds.type = coalesce(fees.type, lines.type)
    where lines.carrier = 'amazon_settlement_v2'
)
select 'amazon/settlement_' || settlement_id || '.txt' as file, settlement_id as "settlement-id",
    strftime(starts_at + interval 7 hour, '%Y-%m-%d %H:%M:%S UTC') as "settlement-start-date",
    strftime(ends_at + interval 7 hour, '%Y-%m-%d %H:%M:%S UTC') as "settlement-end-date",
    strftime(paid_at + interval 7 hour, '%Y-%m-%d %H:%M:%S UTC') as "deposit-date", total as "total-amount", currency,
    event as "transaction-type", order_id as "order-id", null as "merchant-order-id", null as "adjustment-id",
    null as "shipment-id", if(event = 'Order', 'Amazon.com', null) as "marketplace-name", kind as "amount-type",
    said as "amount-description", amount, if(event = 'Order', 'AFN', null) as "fulfillment-id",
    strftime(posted_at + interval 7 hour, '%Y-%m-%d') as "posted-date",
    strftime(posted_at + interval 7 hour, '%Y-%m-%d %H:%M:%S UTC') as "posted-date-time", null as "order-item-code",
    null as "merchant-order-item-id", null as "merchant-adjustment-item-id", sku, quantity as "quantity-purchased",
    null as "promotion-id"
from rows
order by file, place
