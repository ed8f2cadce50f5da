-- What the first row of an order says of all of it. A file saved again by a spreadsheet writes times without a zone.
-- Grain: one order of a file; money in the order's currency. ``tax_is_inside``: the prices include it, as in shops that sell
-- at prices with VAT; then subtotal + shipping is the total.
select source_file, name as order_id, min(source_row) as source_row,
    arg_min(coalesce(lower(source), 'shopify'), source_row) as channel, arg_min(currency, source_row) as currency,
    arg_min(lower(financial_status), source_row) as status, iso_time(arg_min(created_at, source_row), file_zone, file_dates) as ordered_at,
    iso_time(arg_min(paid_at, source_row), file_zone, file_dates) as paid_at,
    iso_time(arg_min(cancelled_at, source_row), file_zone, file_dates) as cancelled_at,
    coalesce(number(arg_min(subtotal, source_row)), 0) as subtotal, coalesce(number(arg_min(shipping, source_row)), 0) as shipping,
    coalesce(number(arg_min(taxes, source_row)), 0) as tax, coalesce(number(arg_min(total, source_row)), 0) as total,
    coalesce(number(arg_min(duties, source_row)), 0) as duties,
    coalesce(number(arg_min(discount_amount, source_row)), 0) as discount,
    coalesce(number(arg_min(refunded_amount, source_row)), 0) as refunded,
    tax <> 0 and abs(subtotal + shipping + duties - total) < abs(subtotal + shipping + duties + tax - total) as tax_is_inside
from shopify_orders
where is_data
group by source_file, name, file_zone, file_dates
