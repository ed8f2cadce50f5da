-- Items of orders that were cancelled before any of them left.
-- Grain: one row per order and item.
select distinct lines.order_id, lines.sku
from order_lines as lines
cross join as_of
anti join (
    select order_id, sku from stock_rows where type = 'shipment' and order_id is not null
) as shipped on lines.order_id = shipped.order_id and lines.sku = shipped.sku
where lines.cancelled_at <= as_of.moment
