-- Amazon Fulfilled Shipments: what left Amazon's centres, with order and buyer.
-- Grain: one shipment of an order's item.
select 'amazon/fulfilled_shipments.txt' as file, order_id as "amazon-order-id", null as "merchant-order-id",
    document as "shipment-id", string_split(event_id, ':')[2] as "shipment-item-id", null as "amazon-order-item-id",
    in_utc(occurred_at) as "shipment-date", in_utc(occurred_at + interval 1 hour) as "reporting-date",
    email(order_id) as "buyer-email", person(order_id) as "buyer-name", phone(order_id) as "buyer-phone-number", sku,
    items.name as "product-name", quantity as "quantity-shipped", 'USD' as currency, person(order_id || 'to') as "recipient-name",
    street(order_id) as "ship-address-1", 'Phoenix' as "ship-city", 'AZ' as "ship-state", '85001' as "ship-postal-code",
    'US' as "ship-country", phone(order_id || 'to') as "ship-phone-number", 'AMZN_US' as carrier,
    'TBA' || draw(event_id, 'tracking', 1000000000) as "tracking-number", 'PHX7' as "fulfillment-center-id",
    'AFN' as "fulfillment-channel", 'Amazon.com' as "sales-channel"
from canonical.stock_events as events
left join (select sku, name from canonical.items) as items using (sku)
where carrier = 'amazon_fulfilled_shipments'
order by occurred_at, event_id
