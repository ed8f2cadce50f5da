-- The arithmetic of the orders: prices less discounts, with shipping, duties and what tax is not in the prices, are the totals.
-- Grain: one row per file; orders in all currencies.
select source_file, 'order totals' as control, source_file as id, sum(total)::decimal(38, 6) as expected,
    sum(charged + case when tax_is_inside then 0 else tax end)::decimal(38, 6) as found
from shopify_order_heads
group by source_file
