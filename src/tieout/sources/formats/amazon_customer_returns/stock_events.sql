-- What customers sent back to Amazon. The ledger's own returns of these days give way to this report, which knows the orders.
-- Grain: one row of the report. ``event_id`` is the order, the unit's licence plate, the moment, and a count where rows are
-- alike. ``line_no`` as the All Orders report counts it: without it a return of an order finds no shipment.
select
    concat_ws(':', 'FBA return', returns.order_id, returns.sku, license_plate_number,
        iso_time(return_date, file_zone, file_dates),
        row_number() over (partition by source_file, returns.order_id, returns.sku, license_plate_number, return_date
            order by detailed_disposition, quantity, source_row)) as event_id,
    'customer_return' as type, returns.sku, plain_number(quantity) as quantity, fulfillment_center_id as to_location,
    if(upper(detailed_disposition) = 'SELLABLE', 'available', 'damaged') as to_status,
    iso_time(return_date, file_zone, file_dates) as occurred_at, returns.order_id, items.line_no,
    'amazon' as channel, license_plate_number as document,
    if(upper(detailed_disposition) = 'SELLABLE', 'sellable', 'damaged') as disposition,
    concat_ws(', ', detailed_disposition, reason, status) as reason, 'amazon' as system, source_file, source_row
from amazon_customer_returns as returns
left join amazon_all_orders_items as items on returns.order_id = items.order_id and returns.sku = items.sku
where is_data
