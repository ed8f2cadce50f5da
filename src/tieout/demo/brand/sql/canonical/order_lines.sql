-- Grain: one line of an order; USD.
select order_id, line_no, shop(channel) as channel, sku, quantity, dollars(unit_price) as unit_price,
    dollars(discount) as discount,
    discount_funded_by, dollars(shipping) as shipping, dollars(tax) as tax, tax_collected_by, 'USD' as currency,
    moment(ordered_at) as ordered_at, moment(paid_at) as paid_at, moment(cancelled_at) as cancelled_at, cancel_reason
from order_lines
order by order_id, line_no
