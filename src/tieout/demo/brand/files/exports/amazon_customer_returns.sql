-- Amazon FBA customer returns: what came back to Amazon's centres, and what the buyers wrote.
-- Grain: one return.
select 'amazon/customer_returns.txt' as file, in_utc(occurred_at) as "return-date", order_id as "order-id", sku,
    'B0' || fnsku(sku) as asin, fnsku(sku) as fnsku, items.name as "product-name", quantity,
    'PHX7' as "fulfillment-center-id", if(disposition = 'sellable', 'SELLABLE', 'CUSTOMER_DAMAGED') as "detailed-disposition",
    'UNWANTED_ITEM' as reason, 'Unit returned to inventory' as status, document as "license-plate-number",
    'Call ' || person(order_id) || ' at ' || phone(order_id) as "customer-comments"
from canonical.stock_events
left join (select sku, name from canonical.items) as items using (sku)
where carrier = 'amazon_customer_returns'
order by occurred_at, event_id
