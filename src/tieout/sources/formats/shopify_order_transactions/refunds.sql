-- What was given back of the orders.
-- Grain: one row per refund. Tax and shipping are the order's, in proportion; where no export has it they are in the amount.
with heads as (
    -- The order as the source of a refund has it, else as any has it.
    select distinct on (order_id, refunds.origin) order_id, refunds.origin, heads.source_file as head_file, channel, tax,
        shipping, total, cancelled_at
    from shopify_order_transactions_refunds as refunds
    join shopify_order_heads as heads using (order_id)
    order by order_id, refunds.origin, heads.origin <> refunds.origin, heads.source_file
),
refunded as (
    select refunds.*, heads.* exclude (order_id, origin), number(amount) as cash,
        sum(number(amount)) over (partition by refunds.order_id, head_file order by moment, refund_id) as until
    from shopify_order_transactions_refunds as refunds
    left join heads on refunds.order_id = heads.order_id and refunds.origin = heads.origin and heads.total > 0
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
