-- Lines of orders with what other tables hold of them: their heads, discounts and taxes, and their shares of the shipping.
-- Grain: one line of an order. ``value``: at its price, which includes tax where ``tax_is_inside``.
with heads as (
    select *, unnest(list_distinct([id, coalesce(parent_id, id)])) as known_as
    from shopify_api_order_heads
    where is_data
),
orders as (
    -- Two extracts may both have an order.
    select *, coalesce(lower(taxes_included) = 'true', false) as tax_is_inside
    from heads qualify row_number() over (partition by known_as order by source_file, source_row) = 1
),
discounts as (
    select line_id, sum(number(amount)) as discount from shopify_api_discount_allocations group by line_id
),
taxes as (
    select coalesce(line_id, parent_id) as line_id, coalesce(shipping_line_id, parent_id) as shipping_line_id,
        sum(number(price)) as tax
    from shopify_api_tax_lines
    group by all
),
shippings as (
    select orders.id, sum(number(coalesce(shipped.discounted_price, shipped.price))
        - case when tax_is_inside then coalesce(taxes.tax, 0) else 0 end) as order_shipping
    from shopify_api_order_shipping_lines as shipped
    join orders on shipped.order_id = orders.known_as
    left join taxes on coalesce(shipped.parent_id, shipped.id) = taxes.shipping_line_id
    where shipped.is_data
    group by orders.id
),
lines as (
    select lines.source_file, lines.source_row, lines.id as line_no, orders.name as order_id, orders.currency,
        lower(coalesce(source_name, 'shopify')) as channel, orders.id as head_id, orders.total_line_items_price,
        iso_time(created_at, orders.file_zone, orders.file_dates) as ordered_at,
        iso_time(cancelled_at, orders.file_zone, orders.file_dates) as cancelled_at, cancel_reason, tax_is_inside,
        coalesce(sku, title) as sku, quantity, price, coalesce(order_shipping, 0) as order_shipping,
        coalesce(money(times(number(quantity), number(price))), 0) as value,
        coalesce(discounts.discount, number(total_discount), 0) as discount, coalesce(taxes.tax, 0) as tax,
        row_number() over (partition by lines.source_file, orders.id order by number(lines.index), lines.source_row) as place
    from shopify_api_order_lines as lines
    join orders on lines.order_id = orders.known_as
    left join shippings on orders.id = shippings.id
    left join discounts on coalesce(lines.parent_id, lines.id) = discounts.line_id
    left join taxes on coalesce(lines.parent_id, lines.id) = taxes.line_id
    where lines.is_data
),
weighed as (
    -- Where nothing has a value the first line takes all.
    select *, case when sum(value) over whole > 0 then minor_units(value) when place = 1 then 1 else 0 end as weight
    from lines
    window whole as (partition by source_file, head_id)
),
shared as (
    select *, sum(weight) over (partition by source_file, head_id) as weights,
        sum(weight) over (partition by source_file, head_id order by place) as until
    from weighed
)
select *, part_of(order_shipping, until - weight, until, weights) as shipping,
    case when tax_is_inside and value > discount then discount_without_tax(discount, value, tax) end as net_discount
from shared
