-- Items with their shares of the shipping and tax of their order, which each of its rows repeats.
-- Grain: one row per item of an order. What TikTok takes off the price it pays to the seller: that is no discount of ours.
with rows as (
    select *, row_number() over (partition by source_file, order_id, sku_id order by source_row) as nth,
        row_number() over (partition by source_file, order_id order by source_row) as place,
        greatest(minor_units(times(number(quantity), number(sku_unit_original_price))
            - coalesce(number(sku_seller_discount), 0)), 0) as value
    from tiktok_orders
    where is_data
),
weighed as (
    -- Where nothing has a value the first line takes all.
    select *, case when coalesce(sum(value) over whole, 0) > 0 then coalesce(value, 0) when place = 1 then 1 else 0 end as weight
    from rows
    window whole as (partition by source_file, order_id)
),
shared as (
    select *, sum(weight) over (partition by source_file, order_id) as weights,
        sum(weight) over (partition by source_file, order_id order by place) as until
    from weighed
)
select *, iso_time(created_time, file_zone, file_dates) as ordered_at, iso_time(paid_time, file_zone, file_dates) as paid_at,
    iso_time(cancelled_time, file_zone, file_dates) as cancelled_at,
    part_of(coalesce(number(shipping_fee_after_discount), 0), until - weight, until, weights) as shipping,
    part_of(coalesce(number(taxes), 0), until - weight, until, weights) as tax
from shared
