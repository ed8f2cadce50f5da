-- The kernel's input in the order in which its events became known, as a ledger values them that never looks back.
-- Grain: one row per leg of a doubted pool where that order is another; ``kernel_row``: its row in costing/kernel_input.sql,
-- whose columns and units it has. A leg still follows what it depends on.
with moments as (
    select input.*, legs.after, legs.position, greatest(legs.replayed_at, coalesce(rows.known_at, legs.replayed_at)) as moment
    from kernel_input as input
    join legs using (event_id, leg, after)
    left join stock_rows as rows on input.after = 0 and input.event_id = rows.event_id
    where input.pool in (from doubted_pools)
),
bound as (
    select moments.* exclude (moment),
        case when moments.assembly >= 0 and moments.operation = 8
            then max(moments.moment) over (partition by moments.assembly)
            else greatest(moments.moment, coalesce(sources.moment, moments.moment)) end as moment
    from moments
    left join moments as sources on moments.source = sources.row
),
ordered as (
    select bound.*, row_number() over (
        order by pool, moment, after > 0, position, after, operation = 8, leg, row
    ) - 1 as place
    from bound
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
