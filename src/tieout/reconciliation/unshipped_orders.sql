-- Orders of which nothing ever left, or of which some items were cancelled before they did: those lines only.
-- Grain: one row per order. ``is_oversold``: it was cancelled since the goods had been sold twice: its reason says so, or, where
-- none is given, there was not enough.
select order_id, bool_or(cancelled_at <= as_of.moment) is true as is_cancelled,
    is_cancelled and coalesce(
        bool_or(regexp_matches(lower(cancel_reason), 'oversold|oversell|out.of.stock|no.stock|inventory')),
        order_id in (select order_id from oversold_lines)
    ) as is_oversold
from order_lines
cross join as_of
where order_id not in (select order_id from stock_rows where type = 'shipment' and order_id is not null)
    or (order_id, sku) in (select (order_id, sku) from cancelled_items)
group by order_id
