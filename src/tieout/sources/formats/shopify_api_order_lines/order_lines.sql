-- The lines of an order; an item without a sku (a tip, a service) goes by its title.
-- Grain: one row per line; money without tax. Tax inside the prices is taken out of them and of the discounts.
select order_id, line_no, channel, sku, plain_number(quantity) as quantity,
    case when net_discount is null or coalesce(number(quantity), 0) = 0 then plain_number(price)
        else price_of_one(value - discount - tax + net_discount, number(quantity)) end as unit_price,
    coalesce(net_discount, discount)::varchar as discount, 'shop' as discount_funded_by, shipping::varchar as shipping,
    tax::varchar as tax, 'shop' as tax_collected_by, currency, ordered_at, cancelled_at, cancel_reason, source_file, source_row
from shopify_api_order_lines_priced
