-- The items of Amazon's orders, by Amazon's own number of each.
-- Grain: one row per item. Prices as in amazon_all_orders: for all units, in North America without tax, elsewhere with it.
with orders as (
    from amazon_api_orders where is_data
    qualify row_number() over (partition by amazon_order_id order by source_file, source_row) = 1
),
priced as (
    select items.*, sales_channel, order_status, purchase_date, last_update_date, orders.file_zone as zone,
        orders.file_dates as dates, coalesce(number(quantity_ordered), 0) as units,
        coalesce(number(item_price_amount), 0) as price, abs(coalesce(number(promotion_discount_amount), 0)) as off,
        coalesce(number(item_tax_amount), 0) as item_vat, coalesce(number(shipping_tax_amount), 0) as service_vat,
        coalesce(number(shipping_price_amount), 0) - abs(coalesce(number(shipping_discount_amount), 0)) as service,
        lower(sales_channel) in ('amazon.com', 'amazon.ca') as is_net
    from amazon_api_order_items as items
    left join orders using (amazon_order_id)
    where items.is_data
),
net as (
    select *, case when is_net or price <= off then off else discount_without_tax(off, price, item_vat) end as net_off
    from priced
),
unit as (
    select *, case when is_net or price <= off then price else price - off - item_vat + net_off end as net_price from net
)
select amazon_order_id as order_id, order_item_id as line_no, coalesce(lower(sales_channel), 'amazon') as channel,
    seller_sku as sku, plain_number(quantity_ordered) as quantity,
    case when item_price_amount is not null and number(item_price_amount) is null then item_price_amount
        when units = 0 then net_price::varchar
        else price_of_one(net_price, units) end as unit_price,
    net_off::varchar as discount, 'shop' as discount_funded_by, (service - if(is_net, 0, service_vat))::varchar as shipping,
    (item_vat + service_vat)::varchar as tax,
    case when tax_collection_model ilike 'marketplacefacilitator%' or tax_collection_responsible_party ilike 'amazon%'
        then 'channel' else 'shop' end as tax_collected_by,
    item_price_currency_code as currency, iso_time(purchase_date, zone, dates) as ordered_at,
    case when order_status ilike 'cancel%' then iso_time(coalesce(last_update_date, purchase_date), zone, dates) end
        as cancelled_at,
    source_file, source_row
from unit
