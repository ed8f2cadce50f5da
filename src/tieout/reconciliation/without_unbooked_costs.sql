-- The kernel's input as a ledger sees it that never got the unbooked costs.
-- Grain: one row per leg; columns and units as in costing/kernel_input.sql.
with hidden as (
    select goods.event_id, goods.part as leg,
        sum(part_of(value_change, weight_before, weight_until, weight_of_all)) as value_change
    from unbooked_costs
    join moved_goods as goods using (event_id)
    group by all
)
select kernel_input.* replace (greatest(value - coalesce(minor_units(value_change), 0), 0) as value)
from kernel_input
left join hidden
    on kernel_input.event_id = hidden.event_id and kernel_input.leg = hidden.leg and kernel_input.operation = 1
