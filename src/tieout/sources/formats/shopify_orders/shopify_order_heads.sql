-- What the first row of an order says of all of it. A file saved again by a spreadsheet writes times without a zone.
-- Grain: one order of a file; money in the order's currency. ``tax_is_inside``: the prices include it, as in shops that sell
-- at prices with VAT; then subtotal + shipping is the total.
with first_rows as (
    from shopify_orders
    where is_data
    qualify row_number() over (partition by source_file, name order by source_row) = 1
),
heads as (
    select source_file, source_row, name as order_id, lower(coalesce(source, 'shopify')) as channel, currency,
        lower(financial_status) as status, iso_time(created_at, file_zone, file_dates) as ordered_at,
        iso_time(paid_at, file_zone, file_dates) as paid_at, iso_time(cancelled_at, file_zone, file_dates) as cancelled_at,
        coalesce(number(subtotal), 0) as subtotal, coalesce(number(shipping), 0) as shipping, coalesce(number(taxes), 0) as tax,
        coalesce(number(duties), 0) as duties, coalesce(number(total), 0) as total,
        coalesce(number(discount_amount), 0) as discount, coalesce(number(refunded_amount), 0) as refunded
    from first_rows
)
select *,
    tax <> 0 and abs(subtotal + shipping + duties - total) < abs(subtotal + shipping + duties + tax - total) as tax_is_inside
from heads
