-- The products of the orders, each with the number of its order: it stands on every row, or on the first of the order only.
-- Grain: one product of an order (a row of the export). ``value``: without tax. Item Cost is what one unit cost after discounts,
-- rounded to cents, so the line's own total is better where the export has it and it is of the same units.
with numbered as (
    select *, last_value(order_number ignore nulls) over (partition by source_file order by source_row) as order_id
    from woocommerce_orders
)
select * exclude (order_id, quantity), order_id, coalesce(quantity, quantity_left) as quantity,
    coalesce(case when quantity is not null then number(line_total) end,
        money(times(number(coalesce(quantity, quantity_left)), number(item_cost))), 0)::decimal(38, 6) as value
from numbered
where is_data
