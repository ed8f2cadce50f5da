-- Are the items at their prices what the orders say?
-- Grain: one row per file; orders in all currencies.
with stated as (
    select source_file, sum(number(total_line_items_price)) as expected
    from shopify_api_orders
    where is_data
    group by source_file
    having count(*) = count(total_line_items_price)
)
select source_file, 'prices of the items' as control, source_file as id, any_value(expected)::decimal(38, 6) as expected,
    sum(value)::decimal(38, 6) as found
from shopify_api_orders_lines
join stated using (source_file)
group by source_file
