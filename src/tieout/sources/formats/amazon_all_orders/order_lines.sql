-- The items of Amazon's orders.
-- Grain: one row of the report. Its prices are for all units of the item; in North America they are without tax, elsewhere the
-- tax is in them, and in what is taken off them. Gift wrap goes with shipping. ``line_no`` counts the items of an order by sku:
-- the report has no number for them.
with priced as (
    select *, coalesce(number(quantity), 0) as units, coalesce(number(item_price), 0) as price,
        abs(coalesce(number(item_promotion_discount), 0)) as off, coalesce(number(item_tax), 0) as item_vat,
        coalesce(number(shipping_tax), 0) + coalesce(number(gift_wrap_tax), 0) as service_vat,
        coalesce(number(shipping_price), 0) + coalesce(number(gift_wrap_price), 0)
            - abs(coalesce(number(ship_promotion_discount), 0)) as service,
        lower(sales_channel) in ('amazon.com', 'amazon.ca') as is_net,
        coalesce(order_status ilike 'cancel%' or item_status ilike 'cancel%', false) as is_cancelled
    from amazon_all_orders
    where is_data
),
net as (
    select *, case when is_net or price <= off then off else discount_without_tax(off, price, item_vat) end as net_off
    from priced
),
unit as (
    select *, case when is_net or price <= off then price else price - off - item_vat + net_off end as net_price from net
)
select amazon_order_id as order_id,
    row_number() over (
        partition by source_file, amazon_order_id order by sku, quantity, item_price, source_row
    )::varchar as line_no,
    coalesce(lower(sales_channel), 'amazon') as channel, sku, plain_number(quantity) as quantity,
    case when item_price is not null and number(item_price) is null then item_price
        when units = 0 then net_price::varchar
        else price_of_one(net_price, units) end as unit_price,
    net_off::varchar as discount, 'shop' as discount_funded_by,
    (service - if(is_net, 0, service_vat))::varchar as shipping, (item_vat + service_vat)::varchar as tax,
    case when tax_collection_model ilike 'marketplacefacilitator%' or tax_collection_responsible_party ilike 'amazon%'
        then 'channel' else 'shop' end as tax_collected_by,
    currency, iso_time(purchase_date, file_zone, file_dates) as ordered_at,
    case when is_cancelled then iso_time(coalesce(last_updated_date, purchase_date), file_zone, file_dates) end as cancelled_at,
    source_file, source_row
from unit
