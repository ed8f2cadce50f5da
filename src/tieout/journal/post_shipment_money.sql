-- What a shipment bills: Dr clearing and discounts, Cr revenue, shipping income and tax that we collect.
-- Grain: one row per expected line.
with sales as (
    from sale_lines
),
lines as (
    select event_id, sku, channel, date, 'clearing' as role, revenue + shipping + tax - discount as amount from sales
    union all
    select event_id, sku, channel, date, 'discounts', discount from sales where discount <> 0
    union all
    select event_id, sku, channel, date, 'revenue', -revenue from sales
    union all
    select event_id, sku, channel, date, 'shipping_income', -shipping from sales where shipping <> 0
    union all
    select event_id, sku, channel, date, 'tax', -tax from sales where tax <> 0
)
select event_id, 'shipment' as event_type, role, sku, null as location, channel, date,
    null::decimal(18, 4) as quantity, amount
from lines
