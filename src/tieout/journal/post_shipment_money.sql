-- What a shipment bills: Dr clearing and discounts, Cr revenue, shipping income and tax that we collect. Revenue that comes
-- before the customer owes it (at the order) stands against deferred revenue until then.
-- Grain: one row per expected line.
with sales as (
    select *, revenue + shipping + tax - discount as total from sale_lines
),
lines as (
    select event_id, sku, channel, date, 'clearing' as role, total as amount from sales
    union all
    select event_id, sku, channel, revenue_date, 'discounts', discount from sales where discount <> 0
    union all
    select event_id, sku, channel, revenue_date, 'revenue', -revenue from sales
    union all
    select event_id, sku, channel, revenue_date, 'shipping_income', -shipping from sales where shipping <> 0
    union all
    select event_id, sku, channel, revenue_date, 'tax', -tax from sales where tax <> 0
    union all
    select event_id, null, null, revenue_date, 'deferred_revenue', total from sales where date <> revenue_date
    union all
    select event_id, null, null, date, 'deferred_revenue', -total from sales where date <> revenue_date
)
select event_id, 'shipment' as event_type, role, sku, null as location, channel, date,
    null::decimal(18, 4) as quantity, amount
from lines
