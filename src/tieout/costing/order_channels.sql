-- The channel that sold an order, where all of its lines have the same.
-- Grain: one row per order of one channel.
select order_id, min(channel) as channel from order_lines group by order_id having count(distinct channel) = 1
