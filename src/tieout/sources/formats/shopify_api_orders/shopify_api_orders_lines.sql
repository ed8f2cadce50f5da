-- The items of orders, with their own discounts and taxes, and their shares of the shipping.
-- Grain: one line item of an order. ``value``: at its price, which includes tax where ``tax_is_inside``.
with orders as (
    select source_file, source_row, name as order_id, currency, lower(coalesce(source_name, 'shopify')) as channel, cancel_reason,
        iso_time(created_at, file_zone, file_dates) as ordered_at, iso_time(cancelled_at, file_zone, file_dates) as cancelled_at,
        coalesce(lower(taxes_included) = 'true', false) as tax_is_inside,
        from_json(line_items, '["json"]') as items,
        from_json(shipping_lines, '[{"price": "varchar", "discounted_price": "varchar", "tax_lines": [{"price": "varchar"}]}]')
            as shipments
    from shopify_api_orders
    where is_data
),
charged as (
    select * exclude (items, shipments), unnest(items) as item, generate_subscripts(items, 1) as place,
        coalesce(list_sum(list_transform(shipments, lambda one: number(coalesce(one.discounted_price, one.price))
            - case when tax_is_inside then coalesce(list_sum(list_transform(one.tax_lines, lambda tax: number(tax.price))), 0)
                else 0 end)), 0) as order_shipping
    from orders
),
lines as (
    select * exclude (item), item ->> 'id' as line_no, coalesce(nullif(item ->> 'sku', ''), item ->> 'title') as sku,
        item ->> 'quantity' as quantity, item ->> 'price' as price,
        coalesce(money(times(number(item ->> 'quantity'), number(item ->> 'price'))), 0) as value,
        coalesce(list_sum(list_transform(from_json(item -> 'discount_allocations', '[{"amount": "varchar"}]'),
            lambda part: number(part.amount))), number(item ->> 'total_discount'), 0) as discount,
        coalesce(list_sum(list_transform(from_json(item -> 'tax_lines', '[{"price": "varchar"}]'),
            lambda part: number(part.price))), 0) as tax
    from charged
),
weighed as (
    -- Where nothing has a value the first line takes all.
    select *, case when sum(value) over whole > 0 then minor_units(value) when place = 1 then 1 else 0 end as weight
    from lines
    window whole as (partition by source_file, source_row)
),
shared as (
    select *, sum(weight) over (partition by source_file, source_row) as weights,
        sum(weight) over (partition by source_file, source_row order by place) as until
    from weighed
)
select *, part_of(order_shipping, until - weight, until, weights) as shipping,
    case when tax_is_inside and value > discount then discount_without_tax(discount, value, tax) end as net_discount
from shared
