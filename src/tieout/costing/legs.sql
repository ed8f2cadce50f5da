-- The kernel's input in readable form: every movement of value, in the order in which it is replayed.
-- Grain: one row per leg. A damaged customer return comes back, is written down and stays, on a shelf of its own, at what can
-- be recovered for it (three legs); everything else has one.
-- Value in functional currency (inflows only); ``source_leg`` is the leg that a return takes back, or the receipt whose goods
-- a vendor return takes first.
with plain as (
    select
        event_id, type, position, part as leg, sku, quantity,
        case when type = 'customer_return' then 'return'
            when type = 'transfer' then 'move'
            when type in ('opening', 'receipt') or ships_from is null and type in ('adjustment', 'count') then 'in'
            else 'out' end as operation,
        from_location, to_location, from_holding, to_holding, source_event_id, value, own_value
    from moved_goods
    where not is_damaged
        and (type <> 'transfer' or (from_location, from_holding) <> (to_location, to_holding))
),
damaged as (
    select
        event_id, type, position, 3 * part - 3 + steps.step as leg, sku, quantity,
        steps.operation,
        case when steps.operation = 'out' then to_location end as from_location,
        case when steps.operation <> 'out' then to_location end as to_location,
        case when steps.operation = 'out' then 'return ' || event_id else '' end as from_holding,
        case steps.operation when 'return' then 'return ' || event_id when 'in' then 'damaged' else '' end as to_holding,
        case when steps.operation = 'return' then source_event_id end as source_event_id,
        case when steps.operation = 'in' then recoverable_value end as value
    from moved_goods
    cross join (values (1, 'return'), (2, 'out'), (3, 'in')) as steps (step, operation)
    where is_damaged
),
legs as (
    from plain
    union all by name
    from damaged
)
select
    legs.event_id, legs.type, legs.position, legs.leg, legs.operation, legs.sku, legs.quantity,
    legs.from_location, legs.to_location, legs.from_holding, legs.to_holding,
    case when legs.operation = 'in' then legs.value end as value, legs.own_value,
    sources.leg as source_leg, legs.source_event_id,
    items.standard_cost
from legs
left join items on legs.sku = items.sku
left join (
    select event_id, sku, min(leg) as leg from plain group by all
) as sources on legs.source_event_id = sources.event_id and legs.sku = sources.sku
