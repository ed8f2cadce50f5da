-- Every leg with the value that it moved.
-- Grain: one row per leg. Money in functional currency, positive; ``operation`` tells the direction.
select
    legs.* exclude (value), from_minor_units(kernel_legs.amount) as amount, kernel_legs.status,
    kernel_input.row
from kernel_input
join kernel_legs using (row)
join legs on kernel_input.event_id = legs.event_id and kernel_input.leg = legs.leg
