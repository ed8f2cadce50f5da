-- Payments, which are not read twice; and refunds whose tax nobody told.
-- Grain: one row per finding and file that has any.
select 'payments_not_read' as finding, 'info' as severity, null as "table", source_file as id,
    count(*) || ' payments are not read: orders and payouts have them' as message,
    count(*)::decimal(18, 4) as quantity, sum(number(amount))::decimal(38, 6) as amount
from shopify_order_transactions
where lower(kind) in ('sale', 'capture') and lower(status) = 'success'
group by source_file
union all
select 'refund_without_order', 'warning', 'refunds', source_file,
    'refunds of orders in none of the orders exports: ' || count(*) || ', with tax and shipping in the amount',
    count(*)::decimal(18, 4), sum(number(amount))::decimal(38, 6)
from shopify_order_transactions_refunds
where order_id not in (select order_id from shopify_order_heads)
group by source_file
