-- What left Amazon's centres for customers. The ledger's own shipments of these days give way to this report, which knows the
-- orders; those that Amazon ships for other channels go by the shop's own order.
-- Grain: one row of the report. ``event_id`` is Amazon's own for an item of a shipment, with a count from the second of its
-- parcels on; ``line_no`` as the All Orders report counts it, else Amazon's item of the order.
with shipped as (
    select *, coalesce(sales_channel ilike 'non-amazon%', false) as is_of_others,
        row_number() over (
            partition by source_file, shipment_id, shipment_item_id order by quantity_shipped, source_row
        ) as parcel
    from amazon_fulfilled_shipments
    where is_data
)
select concat_ws(':', 'FBA shipment', shipment_item_id, if(parcel > 1, parcel, null)) as event_id, 'shipment' as type,
    shipped.sku, plain_number(quantity_shipped) as quantity,
    fulfillment_center_id as from_location, 'available' as from_status,
    iso_time(shipment_date, file_zone, file_dates) as occurred_at,
    if(is_of_others, coalesce(merchant_order_id, amazon_order_id), amazon_order_id) as order_id,
    if(is_of_others, null, coalesce(items.line_no, amazon_order_item_id)) as line_no,
    if(is_of_others, null, coalesce(lower(sales_channel), 'amazon')) as channel, shipment_id as document, 'amazon' as system,
    shipped.source_file, shipped.source_row
from shipped
left join amazon_all_orders_items as items on shipped.amazon_order_id = items.order_id and shipped.sku = items.sku
