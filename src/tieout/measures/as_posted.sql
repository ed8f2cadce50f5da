-- The kernel's input in the order in which it is posted when all of $minutes are posted together, at the close of each interval:
-- there what comes in precedes what goes out, and cost documents follow (the declared order, with the close as the moment of
-- all).
-- Grain: one row per leg of a pool where that order is another; ``kernel_row``: its row in costing/kernel_input.sql, whose
-- columns and units it has. A leg still follows what it depends on; what belongs to one event stays together.
with closes as (
    select input.*, legs.after, legs.position, posting_close(legs.replayed_at, $minutes) as close,
        bool_and(input.operation = 1 and input.source < 0 and input.assembly < 0)
            over (partition by input.event_id, legs.after) as is_inflow
    from kernel_input as input
    join legs using (event_id, leg, after)
),
ordered as (
    select closes.*, row_number() over (
        order by pool, close, after > 0, not is_inflow, position, after, operation = 8, leg, row
    ) - 1 as place
    from closes
),
disordered as (
    select distinct pool
    from (select pool, row < lag(row) over (partition by pool order by place) as is_behind from ordered)
    where is_behind
),
numbered as (
    select *, row_number() over (order by place) - 1 as new_row from ordered semi join disordered using (pool)
)
select numbered.new_row as row, numbered.row as kernel_row, numbered.event_id, numbered.leg, numbered.after, numbered.pool,
    numbered.operation, numbered.cell_from, numbered.cell_to, numbered.quantity, numbered.value,
    case when numbered.source < 0 then numbered.source
        when sources.new_row < numbered.new_row then sources.new_row else -1 end as source,
    numbered.standard, numbered.assembly, numbered.weight
from numbered
left join numbered as sources on numbered.source = sources.row
