-- What was given back of the orders.
-- Grain: one row per refund. Tax and shipping are the order's, in proportion; where no export has it they are in the amount.
with heads as (
    select distinct on (order_id) order_id, channel, tax, shipping, total, cancelled_at
    from shopify_order_heads
    order by order_id, source_file
),
refunded as (
    select refunds.*, heads.* exclude (order_id), number(amount) as cash,
        sum(number(amount)) over (partition by refunds.order_id order by moment, refund_id) as until
    from shopify_order_transactions_refunds as refunds
    left join heads on refunds.order_id = heads.order_id and heads.total > 0
),
parted as (
    select *, part_of(tax, minor_units(until - cash), minor_units(until), minor_units(total)) as tax_back,
        part_of(shipping, minor_units(until - cash), minor_units(until), minor_units(total)) as shipping_back
    from refunded
)
select refund_id, order_id, coalesce(channel, 'shopify') as channel,
    coalesce((cash - coalesce(tax_back, 0) - coalesce(shipping_back, 0))::varchar, amount) as amount, tax_back::varchar as tax,
    shipping_back::varchar as shipping, currency, moment as refunded_at,
    case when cancelled_at is not null then 'cancel' end as restock_type, source_file, source_row
from parted
