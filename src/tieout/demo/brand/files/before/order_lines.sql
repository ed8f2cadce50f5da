-- Orders as the shop's export can tell them: it states shipping and tax of the whole order, which its lines share by value.
-- Grain: one line of an order. Cents.
with weighed as (
    select *, sum(shipping) over whole as order_shipping, sum(tax) over whole as order_tax,
        (sum(quantity * unit_price) over whole)::bigint as whole_value,
        (sum(quantity * unit_price) over so_far)::bigint as until
    from order_lines
    window whole as (partition by order_id), so_far as (partition by order_id order by line_no)
)
select * exclude (order_shipping, order_tax, whole_value, until) replace (
        case when channel not in ('web', 'wholesale') then shipping
            else share(order_shipping, until, whole_value)
                - share(order_shipping, until - quantity * unit_price, whole_value) end as shipping,
        case when channel not in ('web', 'wholesale') then tax
            else share(order_tax, until, whole_value) - share(order_tax, until - quantity * unit_price, whole_value) end as tax)
from weighed
order by order_id, line_no
