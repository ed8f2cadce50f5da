-- What belongs to the whole order.
-- Grain: one order of a file; money without tax, in its currency. ``goods``: what its products came to, before the discount where
-- the item costs are (``has_prices``), else after it. Where rounding per unit explains what is missing, the order's own total
-- counts; else units were refunded, and ``tax`` shrinks with them.
with stated as (
    select source_file, order_id, min(source_row) as source_row, sum(value) as value,
        sum(number(quantity)) as units, any_value(lower(order_status)) as status, any_value(currency) as currency,
        any_value(iso_time(order_date, file_zone, file_dates)) as ordered_at,
        any_value(iso_time(paid_date, file_zone, file_dates)) as paid_at,
        coalesce(any_value(abs(number(cart_discount_amount))), 0) as discount,
        any_value(number(order_subtotal_amount)) as subtotal,
        coalesce(any_value(number(order_shipping_amount)), 0) as shipping,
        coalesce(any_value(number(order_total_tax_amount)),
            any_value(number(order_tax_amount)) + coalesce(any_value(number(order_shipping_tax_amount)), 0), 0) as tax,
        coalesce(any_value(abs(number(order_refund_amount))), 0) as refunded, any_value(number(order_total_amount)) as total
    from woocommerce_order_rows
    group by source_file, order_id
),
judged as (
    select *, coalesce(abs(value - subtotal) < abs(value - subtotal + discount), false) as has_prices,
        case when has_prices then subtotal else subtotal - discount end as expected,
        coalesce(abs(value - expected) <= 0.005 * units, expected is null) as is_whole
    from stated
)
select * exclude (expected, subtotal, is_whole)
        replace (case when is_whole or expected <= 0 then tax else share_of_money(tax, value, expected) end as tax),
    case when is_whole then coalesce(expected, value) else value end as goods
from judged
