-- What moved, from the system of the warehouses: a file of no known format, which tieout.toml maps.
-- Grain: one movement.
select 'wms/moves.csv' as file, event_id as "Move No", type as "Kind", sku as "Item", quantity as "Qty",
    from_location as "From", to_location as "To", strftime(occurred_at, '%m/%d/%Y %H:%M:%S') as "Moved",
    strftime(recorded_at, '%m/%d/%Y %H:%M:%S') as "Keyed", strftime(delivered_at, '%m/%d/%Y %H:%M:%S') as "Delivered",
    unit_cost as "Cost", currency as "Cost Currency", order_id as "Order", line_no as "Order Line", channel as "Shop",
    document as "Paper", source_event_id as "Reverses", disposition as "Condition", owner as "Owner", reason as "Remark",
    system as "Entered By System", if(order_id is null, null, person(order_id)) as "Consignee",
    if(order_id is null, null, street(order_id)) as "Address"
from canonical.stock_events
where carrier = 'wms_moves'
order by occurred_at, event_id
