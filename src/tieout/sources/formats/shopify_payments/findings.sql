-- Refunds whose tax nobody told.
-- Grain: one row per file that has any.
select 'refund_without_order' as finding, 'warning' as severity, 'refunds' as "table", source_file as id,
    'refunds of orders in none of the orders exports: ' || count(*) || ', with tax and shipping in the amount' as message,
    count(*)::decimal(18, 4) as quantity, -sum(number(amount))::decimal(38, 6) as amount
from shopify_payments_entries
where kind = 'refund' and order_id not in (select order_id from shopify_order_heads)
    and order_id not in (select order_id from shopify_order_transactions_refunds)
group by source_file
