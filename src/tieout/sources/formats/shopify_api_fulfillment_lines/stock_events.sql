-- What left for customers.
-- Grain: one row per line of a fulfilment.
select event_id, 'shipment' as type, sku, quantity, location as from_location, 'available' as from_status, occurred_at, order_id,
    line_no, channel, document, 'shopify' as system, source_file, source_row
from shopify_api_fulfillments_shipped
semi join shopify_api_fulfillment_lines using (source_file, source_row)
