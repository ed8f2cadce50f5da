-- Refunds of cancelled orders: the cancellation dates them. Other refunds have no date in this export (see findings.sql).
-- Grain: one row per order; its shipping in proportion where not all came back. TikTok gives back the tax that it collected.
with orders as (
    select source_file, order_id, min(source_row) as source_row, max(cancelled_at) as cancelled_at,
        max(number(order_refund_amount)) as refunded,
        max(number(order_amount)) as total, sum(shipping) as shipping, sum(tax) as tax
    from tiktok_orders_lines
    group by source_file, order_id
)
select order_id || ':refund' as refund_id, order_id, 'tiktok' as channel,
    (refunded - share_of_money(tax, refunded, total) - share_of_money(shipping, refunded, total))::varchar as amount,
    share_of_money(shipping, refunded, total)::varchar as shipping, cancelled_at as refunded_at, 'cancel' as restock_type,
    source_file, source_row
from orders
where refunded > 0 and cancelled_at is not null and total > 0
