-- What customers sent back to Amazon. The ledger's own returns of these days give way to this report, which knows the orders.
-- Grain: one row of the report. ``event_id`` is the order, the unit's licence plate, the moment, and a count where rows are
-- alike.
select
    concat_ws(':', 'FBA return', order_id, sku, license_plate_number, iso_time(return_date, file_zone, file_dates),
        row_number() over (partition by source_file, order_id, sku, license_plate_number, return_date
            order by detailed_disposition, quantity, source_row)) as event_id,
    'customer_return' as type, sku, plain_number(quantity) as quantity, fulfillment_center_id as to_location,
    if(upper(detailed_disposition) = 'SELLABLE', 'available', 'damaged') as to_status,
    iso_time(return_date, file_zone, file_dates) as occurred_at, order_id, 'amazon' as channel, license_plate_number as document,
    if(upper(detailed_disposition) = 'SELLABLE', 'sellable', 'damaged') as disposition,
    concat_ws(', ', detailed_disposition, reason, status) as reason, 'amazon' as system, source_file, source_row
from amazon_customer_returns
where is_data
