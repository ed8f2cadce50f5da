-- Refunds that the export states without saying when: they are in none of the tables until the income statement is.
-- Grain: one row per file that has any.
with orders as (
    select source_file, order_id, max(number(order_refund_amount)) as refunded
    from tiktok_orders_lines
    group by source_file, order_id
    having max(cancelled_at) is null
)
select 'undated_refund' as finding, 'warning' as severity, 'refunds' as "table", source_file as id,
    count(*) || ' orders have a refund without a date; export the income statement, too' as message,
    count(*)::decimal(18, 4) as quantity, sum(refunded)::decimal(38, 6) as amount
from orders
where refunded > 0
group by source_file
