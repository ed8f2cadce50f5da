-- The kernel's input as a ledger sees it that never got the unbooked transfers, and takes what leaves from where it was booked.
-- Grain: one row per leg of a doubted pool that has any; columns and units as in costing/kernel_input.sql.
with relocated as (
    select unit_id as event_id, sku_to as sku, min(location) as location
    from walk
    where half = 'goods' and role_to = 'inventory' and location <> location_to
    group by all
    having count(distinct location) = 1
),
hidden as (
    select kernel_input.row, pool from kernel_input semi join unbooked_transfers using (event_id) where operation = 3
        and after = 0
),
moved as (
    select legs.row, cells.cell
    from valued_legs as legs
    join relocated using (event_id, sku)
    join cells on cells.sku = legs.sku and cells.location = relocated.location and cells.holding = '' and not cells.is_shelf
    where legs.operation = 'out'
)
select input.* replace (coalesce(moved.cell, input.cell_from) as cell_from,
    case when input.source in (select row from hidden) then -1 else input.source end as source)
from kernel_input as input
left join moved using (row)
where input.pool in (select pool from hidden) and input.pool in (from doubted_pools) and input.row not in (select row from hidden)
