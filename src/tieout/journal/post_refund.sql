-- Money given back: Dr returns, shipping income and tax, Cr clearing (less a restocking fee, which is other income).
-- What never shipped, or was cancelled of a line before it did, was never revenue: its payment goes back, Dr deferred revenue,
-- Cr clearing; but what a channel refunds whose sales only its settlements tell was sold. It is the order's channel that loses
-- the sale, but the refund's own, where it has one, that pays. A refund that names no line has the channel, and the collector
-- of tax, that all lines of its order have. A refund that was withdrawn later (as known then) is taken back.
-- Grain: one row per expected line.
with whole_orders as (
    select order_id,
        case when count(distinct channel) = 1 then min(channel) end as channel,
        case when bool_and(coalesce(tax_collected_by = 'channel', false)) then 'channel' end as tax_collected_by
    from order_lines
    group by order_id
),
shipped as (
    select order_id, line_no, sum(quantity) as quantity from stock_rows where type = 'shipment' group by all
),
refunded as (
    select
        refund_id, coalesce(refunds.sku, orders.sku) as sku,
        coalesce(orders.channel, whole_orders.channel, refunds.channel) as sold_on,
        coalesce(refunds.channel, sold_on) as channel,
        local_date(refunded_at) as date,
        case when voided_at <= as_of.moment then local_date(voided_at) end as voided_on,
        money(converted(amount, rates.rate)) as amount, coalesce(money(converted(refunds.shipping, rates.rate)), 0) as shipping,
        case when coalesce(orders.tax_collected_by, whole_orders.tax_collected_by, 'shop') = 'shop'
            then coalesce(money(converted(refunds.tax, rates.rate)), 0) else 0 end as tax,
        coalesce(money(converted(restocking_fee, rates.rate)), 0) as restocking_fee,
        sold_on in (from settled_channels) or exists (
            from shipped
            where shipped.order_id = refunds.order_id
                and (refunds.line_no is null or shipped.line_no is null or shipped.line_no = refunds.line_no
                    and coalesce(refunds.restock_type <> 'cancel' or shipped.quantity >= orders.quantity
                        or shipped.quantity + refunds.quantity > orders.quantity, true))
        ) as was_shipped
    from refunds
    cross join settings
    cross join as_of
    left join order_lines as orders on refunds.order_id = orders.order_id and refunds.line_no = orders.line_no
    left join whole_orders on refunds.order_id = whole_orders.order_id
    asof left join rates
        on coalesce(refunds.currency, settings.currency) = rates.currency
        and local_date(refunds.refunded_at) >= rates.rate_date
    where refunded_at <= as_of.moment and (voided_at is null or voided_at > as_of.moment or settings.knowledge = 'as_known')
),
counted as (
    select * exclude (voided_on) from refunded
    union all
    select * exclude (voided_on) replace (
        voided_on as date, -amount as amount, -shipping as shipping, -tax as tax, -restocking_fee as restocking_fee)
    from refunded
    where voided_on is not null
),
lines as (
    select refund_id, sku, sold_on as channel, date, case when was_shipped then 'returns' else 'deferred_revenue' end as role,
        case when was_shipped then amount else amount + shipping + tax end as amount
    from counted
    union all
    select refund_id, sku, sold_on, date, 'shipping_income', shipping from counted where was_shipped and shipping <> 0
    union all
    select refund_id, sku, sold_on, date, 'tax', tax from counted where was_shipped and tax <> 0
    union all
    select refund_id, sku, sold_on, date, 'other_income', -restocking_fee from counted where restocking_fee <> 0
    union all
    select refund_id, sku, channel, date, 'clearing', restocking_fee - amount - shipping - tax from counted
)
select refund_id as event_id, 'refund' as event_type, role,
    case when role not in ('deferred_revenue', 'other_income') then sku end as sku, null as location,
    case when role not in ('deferred_revenue', 'other_income') then channel end as channel,
    date, null::decimal(18, 4) as quantity, amount
from lines
where amount is not null
