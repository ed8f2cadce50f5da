-- Refunds, unless an export of the order transactions has those of the order: that one knows every way of payment. It is of the
-- same source, or of one that has no payments of its own.
-- Grain: one row per refund. Tax and shipping are the order's, in proportion; where no export has it they are in the amount.
with heads as (
    -- The order as the source of a refund has it, else as any has it.
    select distinct on (order_id, entries.origin) order_id, entries.origin, heads.source_file as head_file, channel, tax,
        shipping, total, cancelled_at
    from shopify_payments_entries as entries
    join shopify_order_heads as heads using (order_id)
    order by order_id, entries.origin, heads.origin <> entries.origin, heads.source_file
),
refunded as (
    select entries.*, heads.* exclude (order_id, origin), -number(amount) as cash,
        sum(-number(amount)) over (partition by entries.order_id, head_file order by moment, entry_id) as until
    from shopify_payments_entries as entries
    left join heads on entries.order_id = heads.order_id and entries.origin = heads.origin and heads.total > 0
    where kind = 'refund'
        and not exists (
            from shopify_order_transactions_refunds as known
            where known.order_id = entries.order_id
                and (known.origin = entries.origin or known.origin not in (select origin from shopify_payments_entries))
        )
),
parted as (
    select *, part_of(tax, minor_units(until - cash), minor_units(until), minor_units(total)) as tax_back,
        part_of(shipping, minor_units(until - cash), minor_units(until), minor_units(total)) as shipping_back
    from refunded
)
select entry_id as refund_id, order_id, coalesce(channel, 'shopify') as channel,
    coalesce((cash - coalesce(tax_back, 0) - coalesce(shipping_back, 0))::varchar, amount) as amount, tax_back::varchar as tax,
    shipping_back::varchar as shipping, currency, moment as refunded_at,
    case when cancelled_at is not null then 'cancel' end as restock_type,
    case when paid_on is not null then settlement_id end as settlement_id, source_file, source_row
from parted
