-- What buyers ordered; an item without a sku goes by its listing. Etsy collects the tax of a sale and remits it.
-- Grain: one row per item of an order. The order's shipping and tax, which each of its rows repeats, are shared by value.
with lines as (
    select *, greatest(coalesce(minor_units(times(number(quantity), number(price))), 0), 0) as value,
        row_number() over (partition by source_file, order_id order by source_row) as place,
        coalesce(number(order_sales_tax), 0) + coalesce(number(vat_paid_by_buyer), 0) as order_tax
    from etsy_sold_items
    where is_data
),
weighed as (
    -- Where nothing has a value the first line takes all.
    select *, case when sum(value) over whole > 0 then value when place = 1 then 1 else 0 end as weight
    from lines
    window whole as (partition by source_file, order_id)
),
shared as (
    select *, sum(weight) over (partition by source_file, order_id) as weights,
        sum(weight) over (partition by source_file, order_id order by place) as until
    from weighed
)
select order_id, transaction_id as line_no, 'etsy' as channel, coalesce(sku, listing_id, item_name) as sku,
    plain_number(quantity) as quantity, plain_number(price) as unit_price, plain_number(discount_amount) as discount,
    'shop' as discount_funded_by,
    part_of(coalesce(number(order_shipping), 0), until - weight, until, weights)::varchar as shipping,
    part_of(order_tax, until - weight, until, weights)::varchar as tax, 'channel' as tax_collected_by, currency,
    iso_time(sale_date, file_zone, file_dates) as ordered_at, iso_time(date_paid, file_zone, file_dates) as paid_at,
    source_file, source_row
from shared
