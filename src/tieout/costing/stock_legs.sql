-- Every movement of stock, in the order in which it is replayed.
-- Grain: one row per leg. Goods that lose their value when they are damaged (a damaged return; with ``on_status`` also those
-- damaged in our hands) stay on a shelf of their own at what can be recovered: a return has three legs, the others two;
-- everything else has one. Value in functional currency: of an inflow its worth, of an assembly's product the labour added,
-- of a vendor return the freight that stays here, of a transfer the freight that the goods take along. ``source_leg``: the leg
-- that a return takes back, the receipt whose goods a vendor return takes first, or what damaged goods cost, at most their value.
with freight as (
    select goods.event_id, goods.part, sum(part_of(amount, weight_before, weight_until, weight_of_all)) as amount
    from cost_documents as documents
    join moved_goods as goods using (event_id)
    cross join settings
    where documents.type = 'transfer_freight' and not is_late and settings.capitalise_transfer_freight
    group by all
),
plain as (
    select
        goods.event_id, type, position, replayed_at, goods.date, voided_at, goods.part as leg, sku, quantity,
        case when type = 'customer_return' then 'return'
            when type in ('transfer', 'status_change') then 'move'
            when type = 'assembly_out' and assemblies.number is not null then 'group_out'
            when type = 'assembly_in' and assemblies.number is not null then 'group_in'
            when type in ('opening', 'receipt', 'assembly_in') or ships_from is null and type in ('adjustment', 'count')
                then 'in'
            else 'out' end as operation,
        from_location, to_location, from_holding, to_holding, source_event_id,
        case when type = 'transfer' then freight.amount
            when type = 'assembly_in' and assemblies.number is not null then labour
            when type <> 'assembly_in' then costs.value end as value,
        costs.own_value, costs.freight, assemblies.number as assembly
    from moved_goods as goods
    left join goods_costs as costs on goods.event_id = costs.event_id and goods.part = costs.part
    left join freight on goods.event_id = freight.event_id and goods.part = freight.part
    left join assemblies on goods.type in ('assembly_in', 'assembly_out') and goods.document = assemblies.document
    where not is_damaged
        and (type not in ('transfer', 'status_change')
            or from_location is distinct from to_location or from_holding <> to_holding)
),
damaged as (
    -- A return at what its sale took has a cell of its own; one at current cost comes to the stock whose cost it takes.
    select
        goods.event_id, type, position, replayed_at, date, voided_at, 3 * part - 3 + steps.step as leg, sku, quantity,
        steps.operation,
        case when type = 'customer_return' and (source_event_id is null or settings.return_cost = 'current') then to_holding
            when type = 'customer_return' then 'return ' || event_id else from_holding end as first_holding,
        case when steps.operation = 'out' and type = 'customer_return' then to_location
            when steps.operation = 'out' then from_location end as from_location,
        case when steps.operation <> 'out' then to_location end as to_location,
        case when steps.operation = 'out' then first_holding else '' end as from_holding,
        case steps.operation when 'return' then first_holding when 'in' then shelf_holding else '' end as to_holding,
        case when steps.operation = 'return' then source_event_id
            when steps.operation = 'in' or type = 'customer_return' then event_id end as source_event_id,
        case when steps.operation = 'in' then 3 * part - 1
            when steps.operation = 'out' and type = 'customer_return' then 3 * part - 2 end as own_leg,
        case when steps.operation = 'in' then recoverable_value end as value
    from moved_goods as goods
    cross join settings
    cross join (values (1, 'return'), (2, 'out'), (3, 'in')) as steps (step, operation)
    where is_damaged and (type = 'customer_return' or steps.operation <> 'return')
),
legs as (
    from plain
    union all by name
    select * exclude (first_holding) from damaged
),
sources as (
    select event_id, sku, min(leg) as leg, any_value(quantity) as quantity, any_value(freight) as freight
    from plain
    group by all
),
late_freight as (
    -- Freight that had joined the receipt's goods on its own day, before some of them went back.
    select returned.event_id, returned.leg,
        sum(part_of(costs.value_change, goods.weight_before, goods.weight_until, goods.weight_of_all)) as amount
    from plain as returned
    join cost_documents as costs on returned.source_event_id = costs.event_id and costs.is_late
        and costs.type = 'landed_cost' and costs.moment < returned.replayed_at
    join moved_goods as goods on costs.event_id = goods.event_id and returned.sku = goods.sku
    where returned.type = 'vendor_return'
    group by all
),
products as (
    select event_id, leg, assembly,
        (10000 * times(quantity, coalesce(standards.standard_cost, 0))::decimal(38, 4))::hugeint as value_weight,
        case when min(value_weight) over products > 0 and sum(value_weight) over products < 1e18 then value_weight
            when sum(ten_thousandths(quantity)) over products < 1e18 then ten_thousandths(quantity)::hugeint
            else 1 end as weight
    from plain
    left join standards on plain.sku = standards.sku and plain.replayed_at >= standards.valid_from
        and plain.replayed_at < standards.valid_until
    where operation = 'group_in'
    window products as (partition by assembly)
)
select
    legs.event_id, legs.type, legs.position, 0 as after, legs.replayed_at, legs.date, legs.voided_at, legs.leg,
    legs.operation, legs.sku, legs.quantity,
    legs.from_location, legs.to_location, legs.from_holding, legs.to_holding,
    case when legs.type = 'vendor_return' and settings.freight_on_return = 'stays'
            then share_of_money(
                money(sources.freight + coalesce(late_freight.amount, 0)), least(legs.quantity, sources.quantity),
                sources.quantity)
        when legs.operation in ('in', 'group_in', 'move') then legs.value end as value,
    legs.own_value, coalesce(legs.own_leg, case when legs.operation <> 'in' then sources.leg end) as source_leg,
    legs.source_event_id, legs.assembly, products.weight
from legs
cross join settings
left join sources on legs.own_leg is null and legs.source_event_id = sources.event_id and legs.sku = sources.sku
left join late_freight on legs.event_id = late_freight.event_id and legs.leg = late_freight.leg
left join products on legs.event_id = products.event_id and legs.leg = products.leg
