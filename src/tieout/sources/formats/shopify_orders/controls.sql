-- The arithmetic of the orders: prices less discounts are the subtotals; with shipping, tax and duties, the totals.
-- Grain: one row per file and rule; orders of a file in all currencies.
with priced as (
    select source_file, sum(times(number(lineitem_quantity), number(lineitem_price))) as prices
    from shopify_orders
    where is_data
    group by source_file
),
stated as (
    select source_file, sum(subtotal) as subtotal, sum(total) as total, sum(discount) as discount,
        sum(subtotal + shipping + duties + case when tax_is_inside then 0 else tax end) as charged
    from shopify_order_heads
    group by source_file
)
select source_file, unnest(['prices less discounts', 'subtotal, shipping, tax and duties']) as control, source_file as id,
    unnest([subtotal, total])::decimal(38, 6) as expected, unnest([prices - discount, charged])::decimal(38, 6) as found
from stated
join priced using (source_file)
