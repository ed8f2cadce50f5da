-- What each stock event did to the stock of a place, and what was there right after it.
-- Grain: one row per leg and place: a transfer has two. Inflows positive, outflows negative; functional currency. What took
-- back a withdrawn event stands under it.
with sides as (
    select
        coalesce(void_of, event_id) as event_id, 2 * legs.row as place, sku, from_location as location,
        -legs.quantity as quantity, -legs.amount as amount,
        kernel_legs.from_quantity_after as quantity_after, kernel_legs.from_amount_after as amount_after
    from valued_legs as legs
    join kernel_legs using (row)
    where operation in ('out', 'group_out', 'move')
    union all
    select
        coalesce(void_of, event_id), 2 * legs.row + 1, sku, to_location, legs.quantity, arrived,
        kernel_legs.to_quantity_after, kernel_legs.to_amount_after
    from valued_legs as legs
    join kernel_legs using (row)
    where operation in ('in', 'return', 'group_in', 'move')
)
select
    event_id,
    row_number() over (partition by event_id order by place) as leg,
    sku, location, quantity::decimal(18, 4) as quantity, money(amount) as amount,
    (quantity_after::decimal(18, 0) * 0.0001)::decimal(18, 4) as quantity_after,
    from_minor_units(amount_after) as amount_after
from sides
order by event_id, leg
