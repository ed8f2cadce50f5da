-- The kernel's input with every receipt, and the freight of every transfer, at what the ledger made of it.
-- Grain: one row per leg of a pool that has any such receipt; columns and units as in costing/kernel_input.sql.
with booked as (
    select legs.row, legs.event_id, minor_units(receipts.amount) as value
    from booked_receipts as receipts
    join valued_legs as legs on receipts.receipt_id = legs.event_id and receipts.sku = legs.sku
        and legs.operation in ('in', 'move')
        and legs.after = 0
    qualify count(*) over (partition by legs.event_id, legs.sku) = 1
)
select kernel_input.* replace (coalesce(booked.value, kernel_input.value) as value)
from kernel_input
left join booked using (row)
where pool in (select pool from kernel_input semi join booked using (row)) and pool in (from doubted_pools)
