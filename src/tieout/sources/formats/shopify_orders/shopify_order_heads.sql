-- What the first row of an order says of all of it. A file saved again by a spreadsheet writes times without a zone.
-- Grain: one order of a file; ``origin``: its source. Money in the order's currency. ``prices``: of all its lines; not its
-- subtotal, which leaves out tips and protection plans. ``tax_is_inside``: the prices include it, as in shops that sell at prices
-- with VAT.
with first_rows as (
    select raw.*, files.origin,
        sum(times(number(lineitem_quantity), number(lineitem_price))) over (partition by source_file, name) as prices
    from shopify_orders as raw
    join export_files as files using (source_file)
    where is_data
    qualify row_number() over (partition by source_file, name order by source_row) = 1
),
heads as (
    select source_file, source_row, origin, name as order_id, lower(coalesce(source, 'shopify')) as channel, currency,
        lower(financial_status) as status, iso_time(created_at, file_zone, file_dates) as ordered_at,
        iso_time(paid_at, file_zone, file_dates) as paid_at, iso_time(cancelled_at, file_zone, file_dates) as cancelled_at,
        coalesce(prices, 0) as prices, coalesce(number(discount_amount), 0) as discount,
        coalesce(number(shipping), 0) as shipping, coalesce(number(taxes), 0) as tax, coalesce(number(duties), 0) as duties,
        coalesce(number(total), 0) as total, coalesce(number(refunded_amount), 0) as refunded
    from first_rows
)
select *,
    prices - discount + shipping + duties as charged,
    tax <> 0 and abs(prices - discount + shipping + duties - total) < abs(prices - discount + shipping + duties + tax - total)
        as tax_is_inside
from heads
