-- Amazon's All Orders report: prices are for all units of an item.
-- Grain: one item of an order.
select 'amazon/all_orders.txt' as file, order_id as "amazon-order-id", null as "merchant-order-id",
    in_utc(ordered_at) as "purchase-date",
    in_utc(coalesce(max(cancelled_at) over (partition by order_id), ordered_at)) as "last-updated-date",
    if(count(*) over (partition by order_id) = count(cancelled_at) over (partition by order_id), 'Cancelled', 'Shipped')
        as "order-status",
    'Amazon' as "fulfillment-channel", 'Amazon.com' as "sales-channel", null as "order-channel",
    'Standard' as "ship-service-level", items.name as "product-name", sku, 'B0' || fnsku(sku) as asin,
    if(cancelled_at is null, 'Shipped', 'Cancelled') as "item-status", 'MarketplaceFacilitator' as "tax-collection-model",
    'Amazon Services, Inc.' as "tax-collection-responsible-party", quantity, 'USD' as currency,
    (quantity * unit_price)::decimal(18, 2) as "item-price", tax as "item-tax", 0.00 as "shipping-price",
    0.00 as "shipping-tax", null as "gift-wrap-price", null as "gift-wrap-tax",
    0.00 as "item-promotion-discount", 0.00 as "ship-promotion-discount",
    'Phoenix' as "ship-city", 'AZ' as "ship-state", '85001' as "ship-postal-code", 'US' as "ship-country",
    'false' as "is-business-order", person(order_id) as "buyer-company-name"
from canonical.order_lines as lines
left join (select sku, name from canonical.items) as items using (sku)
where carrier = 'amazon_all_orders'
order by ordered_at, order_id, line_no
