-- Fees as Shopify Payments charges them: with the money of a parcel, when it is taken; what it asks for the order comes with the
-- first parcel, and not at all if none leaves. The other channels charge as ever.
-- Grain: one fee. Cents.
with parcels as (
    select order_id, line_no, occurred_at, row_number() over (partition by order_id, line_no order by occurred_at) as number
    from stock_events
    where type = 'shipment' and channel = 'web'
),
charged as (
    select *, row_number() over (partition by order_id, line_no order by charged_at) as number
    from fees
    where channel = 'web' and line_no is not null
),
taken as (
    select charged.*, parcels.occurred_at, row_number() over (partition by order_id order by parcels.occurred_at) as place
    from charged
    join parcels using (order_id, line_no, number)
),
of_orders as (
    select order_id, sum(amount)::bigint as amount from fees where channel = 'web' and line_no is null group by order_id
)
select fee_id, channel, taken.order_id, null::bigint as line_no, '' as sku, type,
    taken.amount + if(place = 1, coalesce(of_orders.amount, 0), 0) as amount, occurred_at as charged_at
from taken
left join of_orders using (order_id)
union all
select * from fees where channel <> 'web'
order by fee_id
