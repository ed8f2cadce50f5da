-- The items of Amazon's orders that it shipped at a price that the report states, where no table of orders has them.
-- Grain: one row per item of an order and file, of all its shipments; prices as in amazon_all_orders: those of the report are for
-- all units, in North America without tax, elsewhere with it. An item that is shipped in part counts with what was shipped.
with items as (
    select source_file, min(source_row) as source_row, list(source_row) as source_rows, amazon_order_id, amazon_order_item_id,
        sku, sales_channel, currency, min(purchase_date) as purchase_date, min(payments_date) as payments_date,
        any_value(file_zone) as file_zone, any_value(file_dates) as file_dates,
        sum(number(quantity_shipped)) as units, coalesce(sum(number(item_price)), 0) as price,
        any_value(item_price) filter (where number(item_price) is null) as no_price,
        coalesce(sum(abs(number(item_promotion_discount))), 0) as off, coalesce(sum(number(item_tax)), 0) as item_vat,
        coalesce(sum(number(shipping_tax)), 0) + coalesce(sum(number(gift_wrap_tax)), 0) as service_vat,
        coalesce(sum(number(shipping_price)), 0) + coalesce(sum(number(gift_wrap_price)), 0)
            - coalesce(sum(abs(number(ship_promotion_discount))), 0) as service,
        coalesce(lower(sales_channel) in ('amazon.com', 'amazon.ca'), false) as is_net
    from amazon_fulfilled_shipments
    anti join (
        select amazon_order_id from amazon_all_orders
        union all select amazon_order_id from amazon_api_order_items where is_data
    ) using (amazon_order_id)
    where is_data and item_price is not null and coalesce(sales_channel not ilike 'non-amazon%', true)
    group by source_file, amazon_order_id, amazon_order_item_id, sku, sales_channel, currency
),
net as (
    select *, case when is_net or price <= off then off else discount_without_tax(off, price, item_vat) end as net_off
    from items
),
unit as (
    select *, case when is_net or price <= off then price else price - off - item_vat + net_off end as net_price from net
)
select amazon_order_id as order_id, amazon_order_item_id as line_no, coalesce(lower(sales_channel), 'amazon') as channel, sku,
    units::varchar as quantity,
    case when no_price is not null then no_price when coalesce(units, 0) = 0 then net_price::varchar
        else price_of_one(net_price, units) end as unit_price,
    net_off::varchar as discount, 'shop' as discount_funded_by,
    (service - if(is_net, 0, service_vat))::varchar as shipping, (item_vat + service_vat)::varchar as tax,
    if(is_net, 'channel', 'shop') as tax_collected_by, currency,
    iso_time(purchase_date, file_zone, file_dates) as ordered_at, iso_time(payments_date, file_zone, file_dates) as paid_at,
    source_file, source_row, source_rows
from unit
