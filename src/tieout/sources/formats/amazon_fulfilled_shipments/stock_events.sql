-- What left Amazon's centres, with its order. The ledger's own shipments of these days give way to this report.
-- Grain: one row of the report. ``event_id`` is Amazon's own for the item of a shipment, and a count where it stands on several
-- packages. What Amazon ships for other channels goes out under their order's number.
select
    concat_ws(':', 'FBA shipment', shipment_id, shipment_item_id,
        row_number() over (partition by source_file, shipment_id, shipment_item_id order by quantity_shipped, source_row))
        as event_id,
    'shipment' as type, sku, plain_number(quantity_shipped) as quantity, fulfillment_center_id as from_location,
    'available' as from_status, iso_time(shipment_date, file_zone, file_dates) as occurred_at,
    if(sales_channel ilike 'non-amazon%', coalesce(merchant_order_id, amazon_order_id), amazon_order_id) as order_id,
    coalesce(lower(sales_channel), 'amazon') as channel, shipment_id as document, 'amazon' as system, source_file, source_row
from amazon_fulfilled_shipments
where is_data
