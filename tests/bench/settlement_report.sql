-- A settlement report of Amazon, flat file V2, of any length: orders of one item with six amounts, a few refunded.
-- Grain: one row per amount, and one before each settlement with its total. $rows: how many amounts.
with amounts as (
    select row, row // 300000 as settlement, row // 6 as item, row // 6 % 25 = 0 as is_refund,
        ['Principal', 'Tax', 'Shipping', 'Commission', 'FBAPerUnitFulfillmentFee', 'MarketplaceFacilitatorTax-Principal']
            [1 + row % 6] as said,
        ['ItemPrice', 'ItemPrice', 'ItemPrice', 'ItemFees', 'ItemFees', 'ItemWithheldTax'][1 + row % 6] as component,
        [2999, 240, 499, -450, -355, -240][1 + row % 6] + row // 6 % 97 as cents,
        timestamp '2026-01-01' + to_seconds(row) as posted
    from range($rows) as amounts (row)
),
signed as (
    select *, ((case when is_refund then -cents else cents end) * 0.01)::decimal(18, 2) as cash from amounts
),
totals as (
    select settlement, min(row) - 1 as row, sum(cash) as total from signed group by settlement
)
select 20000000000 + settlement as "settlement-id",
    case when total is not null then '2026-01-01 00:00:00 UTC' end as "settlement-start-date",
    case when total is not null then '2026-03-31 00:00:00 UTC' end as "settlement-end-date",
    case when total is not null then '2026-04-02 00:00:00 UTC' end as "deposit-date",
    total as "total-amount", case when total is not null then 'USD' end as currency,
    case when is_refund then 'Refund' when total is null then 'Order' end as "transaction-type",
    format('112-{:07d}-{:07d}', item // 7, item % 9999991) as "order-id",
    format('112-{:07d}-{:07d}', item // 7, item % 9999991) as "merchant-order-id",
    case when is_refund then 'A' || item end as "adjustment-id", 'D' || item as "shipment-id",
    case when total is null then 'Amazon.com' end as "marketplace-name", component as "amount-type",
    said as "amount-description", cash as amount, case when total is null then 'AFN' end as "fulfillment-id",
    strftime(posted, '%Y-%m-%d 00:00:00 UTC') as "posted-date", strftime(posted, '%Y-%m-%d %H:%M:%S UTC') as "posted-date-time",
    60000000000 + item as "order-item-code", null as "merchant-order-item-id", null as "merchant-adjustment-item-id",
    'SKU-' || item % 800 as sku, case when total is null and not is_refund then 1 end as "quantity-purchased",
    null as "promotion-id"
from (from signed union all by name from totals)
order by settlement, row
