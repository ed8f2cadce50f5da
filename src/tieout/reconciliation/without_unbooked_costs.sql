-- The kernel's input as a ledger sees it that never got the unbooked costs.
-- Grain: one row per leg; columns and units as in costing/kernel_input.sql.
with hidden as (
    select event_id, sum(value_change) as value_change from unbooked_costs group by event_id
)
select kernel_input.* replace (value - coalesce(minor_units(value_change), 0) as value)
from kernel_input
left join hidden on kernel_input.event_id = hidden.event_id and kernel_input.operation = 1
