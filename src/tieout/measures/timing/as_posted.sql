-- The kernel's input in the order in which it is posted when all of $minutes are posted together, at the close of each interval:
-- there what comes in precedes what goes out, and cost documents follow (the declared order, the close being the moment of all).
-- Grain: one row per leg of a pool where that order is another; ``kernel_row``: its row in costing/kernel_input.sql, whose
-- columns and units it has. A leg still follows what it depends on.
with closes as (
    -- What comes back from a customer stays behind its sale.
    select legs.row, input.pool, posting_close(legs.replayed_at, $minutes) as close,
        case when legs.after > 0 then 2 when legs.operation = 'in' and legs.type <> 'customer_return' then 0 else 1 end as turn
    from valued_legs as legs
    join kernel_input as input using (row)
),
disordered as (
    select distinct pool
    from closes
    group by pool, close
    having min(row) filter (where turn > 0) < max(row) filter (where turn = 0)
        or min(row) filter (where turn > 1) < max(row) filter (where turn < 2)
),
numbered as (
    select row as kernel_row, row_number() over (order by pool, close, turn, row) - 1 as row
    from closes
    semi join disordered using (pool)
)
select numbered.row, numbered.kernel_row, input.event_id, input.leg, input.after, input.pool, input.operation, input.cell_from,
    input.cell_to, input.quantity, input.value,
    case when input.source < 0 then input.source when sources.row < numbered.row then sources.row else -1 end as source,
    input.standard, input.assembly, input.weight
from numbered
join kernel_input as input on numbered.kernel_row = input.row
left join numbered as sources on input.source = sources.kernel_row
