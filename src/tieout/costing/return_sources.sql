-- Which shipment each customer return takes back: the one that it names, else the shipments of its order line, oldest first,
-- as far as they reach and had left before it.
-- Grain: one row per return and shipment. Quantity in units of the returned sku; what finds no shipment is not here.
with returns as (
    select event_id, order_id, line_no, sku, quantity, position,
        sum(quantity) over so_far as until
    from stock_rows
    where type = 'customer_return' and not is_source_named and order_id is not null
    window so_far as (partition by order_id, line_no, sku order by position)
),
named as (
    select source_event_id, sum(quantity) as quantity
    from stock_rows
    where type = 'customer_return' and is_source_named and source_event_id is not null
    group by source_event_id
),
sent as (
    select rows.* replace (greatest(rows.quantity - coalesce(named.quantity, 0), 0)::decimal(18, 4) as quantity)
    from stock_rows as rows
    left join named on rows.event_id = named.source_event_id
    where rows.type = 'shipment'
),
shipments as (
    select event_id, order_id, line_no, sku, quantity, position,
        sum(quantity) over so_far as until
    from sent
    where quantity > 0 and (order_id, line_no) in (select (order_id, line_no) from returns)
    window so_far as (partition by order_id, line_no, sku order by position)
),
shared as (
    select returns.event_id, shipments.event_id as source_event_id, shipments.position,
        least(returns.until, shipments.until)
            - greatest(returns.until - returns.quantity, shipments.until - shipments.quantity) as quantity
    from returns
    join shipments
        on returns.order_id = shipments.order_id and returns.line_no is not distinct from shipments.line_no
        and returns.sku = shipments.sku and shipments.position < returns.position
)
select event_id, source_event_id, quantity, 1 as place
from stock_rows
where type = 'customer_return' and is_source_named and source_event_id is not null
union all
select event_id, source_event_id, quantity::decimal(18, 4),
    row_number() over (partition by event_id order by position) as place
from shared
where quantity > 0
