-- Refunds that the export states without saying when: they are in none of the tables.
-- Grain: one row per file that has any.
select 'undated_refund' as finding, 'warning' as severity, 'refunds' as "table", source_file as id,
    count(*) || ' orders have a refund without a date, and quantities without the column Quantity are what is left of them;'
        || ' load the refunds from the payment processor''s export, or by a mapping' as message,
    count(*)::decimal(18, 4) as quantity, sum(refunded)::decimal(38, 6) as amount
from woocommerce_order_heads
where refunded > 0
group by source_file
