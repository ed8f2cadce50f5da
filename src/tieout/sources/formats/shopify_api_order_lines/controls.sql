-- Are the lines at their prices what the orders say?
-- Grain: one row per file; the orders that it has lines of, in all currencies.
with orders as (
    select source_file, head_id, any_value(number(total_line_items_price)) as expected, sum(value) as found
    from shopify_api_order_lines_priced
    group by source_file, head_id
)
select source_file, 'prices of the items' as control, source_file as id, sum(expected)::decimal(38, 6) as expected,
    sum(found)::decimal(38, 6) as found
from orders
where expected is not null
group by source_file
