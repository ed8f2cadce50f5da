-- Every leg with the value that it moved.
-- Grain: one row per leg. Money in functional currency; ``operation`` tells the direction. ``amount``: what it moved;
-- ``arrived``: what its destination gained by it (all but what stock at standard cost leaves to the variance, and with freight
-- that came along); ``entered``: the part of that which its own entry carries, without the documents that joined it;
-- ``variance``: what its own entry leaves to purchase price variance; ``is_at_standard``: its destination is kept at standard
-- cost; ``booked_under``: the key of its lines.
with valued as (
    select
        legs.*, kernel_input.row, kernel_input.cell_from, kernel_input.cell_to, kernel_legs.status,
        from_minor_units(kernel_legs.amount) as amount,
        from_minor_units(case when legs.operation in ('out', 'group_out', 'add') then 0
            when legs.operation = 'move' and (kernel_legs.status & 32) = 0
                then kernel_legs.amount + coalesce(kernel_input.value, 0) - kernel_legs.variance
            else kernel_legs.amount - kernel_legs.variance end) as arrived,
        from_minor_units(kernel_legs.variance) as whole_variance,
        (kernel_legs.status & 32) <> 0 as is_refused,
        not is_refused and legs.method = 'standard' and (kernel_legs.status & 256) = 0
            and not coalesce(cells.is_shelf, true) as is_at_standard
    from kernel_input
    join kernel_legs using (row)
    join legs
        on kernel_input.event_id = legs.event_id and kernel_input.leg = legs.leg and kernel_input.after = legs.after
    left join cells on kernel_input.cell_to = cells.cell
)
select
    valued.* exclude (value, whole_variance),
    case when is_refused then 0
        when is_at_standard then arrived
        when operation = 'move' then amount
        else coalesce(own_value, amount) end as entered,
    case when is_at_standard and operation not in ('revalue', 'switch', 'add')
        then case when operation = 'move' then amount else coalesce(own_value, amount) end - arrived
        when operation = 'switch' then whole_variance else 0 end as variance,
    coalesce(void_of, assemblies.event_id, valued.event_id) as booked_under
from valued
left join assemblies on valued.assembly = assemblies.number
