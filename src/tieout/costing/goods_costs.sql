-- What the goods of each inflow are worth: their own price, and the documents that join it with them.
-- Grain: one row per inflow with a price, and part (costing/moved_goods.sql). Functional currency. ``value`` enters the cost
-- layer, and is never below zero: ``excess`` is what credits take off beyond that. ``freight``: the part of ``value`` that
-- came with landed costs.
with documents as (
    select goods.event_id, goods.part,
        sum(part_of(value_change, weight_before, weight_until, weight_of_all)) as change,
        sum(case when costs.type = 'landed_cost' then part_of(value_change, weight_before, weight_until, weight_of_all)
            else 0 end) as freight
    from cost_documents as costs
    join moved_goods as goods using (event_id)
    where not costs.is_late
    group by all
),
worth as (
    select goods.event_id, goods.part, part_of(costs.own_value, weight_before, weight_until, weight_of_all) as own_part,
        own_part + coalesce(documents.change, 0) as documented, coalesce(documents.freight, 0) as freight
    from moved_goods as goods
    join receipt_costs as costs using (event_id)
    left join documents on goods.event_id = documents.event_id and goods.part = documents.part
)
select event_id, part, own_part as own_value, money(greatest(documented, 0)) as value, money(greatest(-documented, 0)) as excess,
    money(greatest(least(freight, documented), 0)) as freight
from worth
