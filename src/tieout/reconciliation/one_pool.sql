-- The kernel's input of a ledger that knows no places: all goods of a sku in one cell, where moves are nothing.
-- Grain: one row per leg of a doubted pool but moves; columns and units as in costing/kernel_input.sql.
with homes as (
    select cells.cell, case when is_shelf then cells.cell else min(cells.cell) over (partition by sku, is_shelf) end as home
    from cells
)
select input.* replace (
    coalesce(from_homes.home, -1) as cell_from, coalesce(to_homes.home, -1) as cell_to,
    case when sources.operation = 3 then -1 else input.source end as source)
from kernel_input as input
left join homes as from_homes on input.cell_from = from_homes.cell
left join homes as to_homes on input.cell_to = to_homes.cell
left join kernel_input as sources on input.source = sources.row and sources.operation = 3
where input.operation not in (3, 9) and input.pool in (from doubted_pools)
