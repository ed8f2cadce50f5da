-- The number of each item of an order, for reports that know only its sku. The All Orders report has none: its items count by
-- sku. Of orders that only the API's table has it is Amazon's own.
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
union all
select amazon_order_id, seller_sku, min(order_item_id)
from amazon_api_order_items
where is_data and amazon_order_id not in (select amazon_order_id from amazon_all_orders)
group by amazon_order_id, seller_sku
