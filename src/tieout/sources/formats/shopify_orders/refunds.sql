-- Refunds of cancelled orders: the cancellation dates them. Other refunds have no date in this export (see findings.sql).
-- Grain: one row per order; its tax and shipping in proportion where not all came back.
select order_id || ':refund' as refund_id, order_id, channel,
    (refunded - share_of_money(tax, refunded, total) - share_of_money(shipping, refunded, total))::varchar as amount,
    share_of_money(tax, refunded, total)::varchar as tax, share_of_money(shipping, refunded, total)::varchar as shipping,
    currency, cancelled_at as refunded_at, 'cancel' as restock_type, source_file, source_row
from shopify_order_refunds
where cancelled_at is not null and total > 0
