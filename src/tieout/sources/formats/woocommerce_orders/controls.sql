-- The arithmetic of the orders: products less discounts, with shipping and tax, are the totals. An order with a refund is not
-- checked, for its quantities may be what is left; a fee of the order (a surcharge, a gift card) is in no column and shows here.
-- Grain: one row per file; orders in all currencies.
select source_file, 'order totals' as control, source_file as id, sum(total)::decimal(38, 6) as expected,
    sum(goods - case when has_prices then discount else 0 end + shipping + tax)::decimal(38, 6) as found
from woocommerce_order_heads
where refunded = 0 and total is not null
group by source_file
