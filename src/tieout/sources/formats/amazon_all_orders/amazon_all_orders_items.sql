-- The number of each item of an order, for reports that know only its sku. The report has none: items count by sku.
-- Grain: one order and sku. ``line_no`` of its first row.
select amazon_order_id as order_id, sku, min(number)::varchar as line_no
from (
    select amazon_order_id, sku,
        row_number() over (
            partition by source_file, amazon_order_id order by sku, quantity, item_price, source_row) as number
    from amazon_all_orders
    where is_data
)
group by amazon_order_id, sku
