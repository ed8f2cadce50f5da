-- The kernel's input in readable form: every movement of value, in the order in which it is replayed.
-- Grain: one row per leg. A virtual kit has a leg per component; a damaged customer return comes back, is written down
-- and stays at what can be recovered for it (three legs); everything else has one. Items that are not stocked have none.
-- ``from_holding`` and ``to_holding`` part the cells of one sku and place: goods in transit by document, damaged goods.
-- Value in functional currency (inflows only); ``source_leg`` is the leg that a return takes back.
with transit as (
    select location from locations where type = 'transit'
),
moved as (
    select
        rows.*,
        coalesce(parts.sku, rows.sku) as moved_sku,
        coalesce(parts.quantity, rows.quantity) as moved_quantity,
        row_number() over (partition by rows.event_id order by parts.sku) as part,
        case when settings.cost_scope = 'location'
                and (from_status = 'in_transit' or rows.ships_from in (from transit))
            then 'transit ' || coalesce(document, '') else '' end as from_holding,
        case when settings.cost_scope = 'location'
                and (to_status = 'in_transit' or rows.arrives_at in (from transit))
            then 'transit ' || coalesce(document, '') else '' end as to_holding,
        rows.type = 'customer_return' and coalesce(rows.disposition, 'sellable') = 'damaged' as is_damaged
    from stock_rows as rows
    left join kit_parts as parts using (event_id)
    cross join settings
    where coalesce(parts.sku, rows.sku) not in (select sku from items where not is_stocked) and (rows.type in (
        'opening', 'receipt', 'vendor_return', 'shipment', 'customer_return', 'adjustment', 'count', 'write_off'
    ) or (rows.type = 'transfer' and settings.cost_scope = 'location'))
),
plain as (
    select
        event_id, type, position, part as leg, moved_sku as sku, moved_quantity as quantity,
        case when type = 'customer_return' then 'return'
            when type = 'transfer' then 'move'
            when type in ('opening', 'receipt') or ships_from is null and type in ('adjustment', 'count') then 'in'
            else 'out' end as operation,
        from_location, to_location, from_holding, to_holding, source_event_id
    from moved
    where not is_damaged
        and (type <> 'transfer' or (from_location, from_holding) <> (to_location, to_holding))
),
damaged as (
    select
        event_id, type, position, 3 * part - 3 + steps.step as leg, moved_sku as sku, moved_quantity as quantity,
        steps.operation,
        case when steps.operation = 'out' then to_location end as from_location,
        case when steps.operation <> 'out' then to_location end as to_location,
        case when steps.operation = 'out' then 'return ' || event_id else '' end as from_holding,
        case steps.operation when 'return' then 'return ' || event_id when 'in' then 'damaged' else '' end as to_holding,
        case when steps.operation = 'return' then source_event_id end as source_event_id,
        case when steps.operation = 'in' then recoverable end as recoverable
    from moved
    cross join (values (1, 'return'), (2, 'out'), (3, 'in')) as steps (step, operation)
    where is_damaged and (steps.operation <> 'in' or recoverable > 0)
),
legs as (
    select *, null as recoverable from plain
    union all by name
    select * from damaged
)
select
    legs.event_id, legs.type, legs.position, legs.leg, legs.operation, legs.sku, legs.quantity,
    legs.from_location, legs.to_location, legs.from_holding, legs.to_holding,
    case when legs.operation = 'in' then coalesce(money(times(legs.quantity, legs.recoverable)), receipt_costs.value) end
        as value,
    sources.leg as source_leg, legs.source_event_id,
    items.standard_cost
from legs
left join receipt_costs on legs.event_id = receipt_costs.event_id
left join items on legs.sku = items.sku
left join plain as sources on legs.source_event_id = sources.event_id and legs.sku = sources.sku
