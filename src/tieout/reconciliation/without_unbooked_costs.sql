-- The kernel's input as a ledger sees it that never got the unbooked costs.
-- Grain: one row per leg of a pool that has any; columns and units as in costing/kernel_input.sql.
with hidden as (
    select case when is_late then cost_id else goods.event_id end as event_id, goods.part as leg, is_late,
        sum(part_of(value_change, weight_before, weight_until, weight_of_all)) as value_change
    from unbooked_costs
    join moved_goods as goods using (event_id)
    cross join settings
    where unbooked_costs.type <> 'transfer_freight' or settings.capitalise_transfer_freight
    group by all
),
touched as (
    select distinct pool from kernel_input semi join hidden using (event_id)
)
select kernel_input.* replace (case
    when hidden.leg is null then value
    when kernel_input.operation = 5 then 0
    else greatest(value - minor_units(value_change), 0) end as value)
from kernel_input
left join hidden
    on kernel_input.event_id = hidden.event_id and kernel_input.leg = hidden.leg and kernel_input.operation in (1, 3, 5)
    and hidden.is_late = (kernel_input.operation = 5)
where pool in (from touched)
