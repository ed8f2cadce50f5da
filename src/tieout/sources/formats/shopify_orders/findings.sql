-- Refunds that the export states without saying when: they are in none of the tables until an export of the transactions is.
-- Grain: one row per file that has any.
select 'undated_refund' as finding, 'warning' as severity, 'refunds' as "table", source_file as id,
    count(*) || ' orders have a refund without a date; export the order transactions or the Shopify Payments transactions, too'
        as message,
    count(*)::decimal(18, 4) as quantity, sum(refunded)::decimal(38, 6) as amount
from shopify_order_refunds
where cancelled_at is null
group by source_file
