-- What changes values without being a stock event: costs that come late, revaluations, new standard costs, changes of method,
-- and (as known then) rows that were withdrawn.
-- Grain: one row per change and cell or leg, with the columns of stock_legs; ``event_id`` is the key of the document, of a
-- withdrawn row ``void of`` its own. A change follows the stock events of its moment, a change of method comes before them.
with late as (
    select documents.cost_id as event_id, documents.type, documents.moment, documents.recorded_at, goods.part as leg,
        'add' as operation, documents.value_date as date, goods.sku, goods.to_location, goods.to_holding,
        part_of(documents.value_change, goods.weight_before, goods.weight_until, goods.weight_of_all) as value,
        goods.event_id as source_event_id, legs.leg as source_leg
    from cost_documents as documents
    cross join settings
    join moved_goods as goods using (event_id)
    join stock_legs as legs on goods.event_id = legs.event_id and goods.part = legs.leg
    where documents.is_late and (documents.type <> 'transfer_freight' or settings.capitalise_transfer_freight)
        and legs.operation in ('in', 'move') and not goods.is_damaged
),
documents as (
    select costs.cost_id, costs.sku, costs.location, costs.recorded_at, costs.unit_cost, costs.amount,
        coalesce(costs.currency, settings.currency) as currency, local_date(costs.effective_at) as date,
        case when settings.knowledge = 'as_known' then greatest(effective_at, recorded_at) else effective_at end as known_from,
        known_from as moment, voided_at, as_of.moment as today
    from costs
    cross join settings
    cross join as_of
    where type = 'revaluation' and known_from <= as_of.moment 
        and (voided_at is null or voided_at > as_of.moment or settings.knowledge = 'as_known' and voided_at > known_from)
),
revalued as (
    select documents.*, cells.cell, cells.location as to_location, cells.holding as to_holding, settings.cost_scope,
        converted(documents.unit_cost, rates.rate)::decimal(18, 6) as new_cost,
        money(converted(documents.amount, rates.rate)) as added
    from documents
    cross join settings
    asof join rates on documents.currency = rates.currency and documents.date >= rates.rate_date
    join cells on documents.sku = cells.sku and not cells.is_shelf
        and (documents.location is null or settings.cost_scope = 'company' or documents.location = cells.location)
),
on_hand as (
    select cost_id, cell, greatest(sum(quantity), 0) as quantity
    from (
        select revalued.cost_id, revalued.cell, legs.quantity
        from revalued
        join stock_legs as legs on revalued.sku = legs.sku and revalued.to_location is not distinct from legs.to_location
            and revalued.to_holding = legs.to_holding and legs.operation not in ('out', 'group_out')
            and legs.replayed_at <= revalued.moment
        union all
        select revalued.cost_id, revalued.cell, -legs.quantity
        from revalued
        join stock_legs as legs on revalued.sku = legs.sku and revalued.to_location is not distinct from legs.from_location
            and revalued.to_holding = legs.from_holding and legs.operation in ('out', 'group_out', 'move')
            and legs.replayed_at <= revalued.moment
        union all
        select revalued.cost_id, revalued.cell, -legs.quantity
        from revalued
        join stock_legs as legs on revalued.sku = legs.sku and revalued.to_location is not distinct from legs.to_location
            and revalued.to_holding = legs.to_holding and legs.operation not in ('out', 'group_out')
            and legs.voided_at <= revalued.moment
        union all
        select revalued.cost_id, revalued.cell, legs.quantity
        from revalued
        join stock_legs as legs on revalued.sku = legs.sku and revalued.to_location is not distinct from legs.from_location
            and revalued.to_holding = legs.from_holding and legs.operation in ('out', 'group_out', 'move')
            and legs.voided_at <= revalued.moment
    )
    group by all
),
shared as (
    select revalued.*, coalesce(on_hand.quantity, 0)::decimal(18, 4) as quantity,
        sum(coalesce(on_hand.quantity, 0)) over (partition by cost_id order by cell) as until,
        sum(coalesce(on_hand.quantity, 0)) over (partition by cost_id) as of_all
    from revalued
    left join on_hand using (cost_id, cell)
),
revaluations as (
    select cost_id as event_id, 'revaluation' as type, moment, recorded_at, cell as leg, 'revalue' as operation, sku,
        to_location, to_holding, new_cost, date,
        case when new_cost is null and of_all > 0
            then part_of(added, ten_thousandths(until - quantity), ten_thousandths(until), ten_thousandths(of_all))
            end as value,
        voided_at, today
    from shared
    where new_cost is not null or quantity > 0
),
unrevalued as (
    -- A withdrawn one takes off again what it had added.
    select 'void of ' || event_id as event_id, event_id as void_of, type, voided_at as moment, leg, operation, sku, to_location,
        to_holding, 0 as value, event_id as source_event_id, leg as source_leg
    from revaluations
    where voided_at <= today
),
freight_of_all as (
    -- Company-wide stock does not move: freight between places is carried by all of it, unless its cost is a standard.
    select documents.cost_id as event_id, documents.type, documents.moment, documents.recorded_at, cells.cell as leg,
        'revalue' as operation, cells.sku, cells.location as to_location, cells.holding as to_holding,
        documents.amount as value
    from cost_documents as documents
    cross join settings
    join cells on documents.sku = cells.sku and not cells.is_shelf
    join cost_methods as methods on documents.sku = methods.sku and methods.method <> 'standard'
        and documents.moment >= methods.valid_from and documents.moment < methods.valid_until
    where documents.type = 'transfer_freight' and settings.capitalise_transfer_freight
        and settings.cost_scope = 'company'
),
new_standards as (
    select standards.cost_id as event_id, standards.void_of, 'standard_cost' as type, standards.valid_from as moment,
        null as recorded_at,
        cells.cell as leg, 'revalue' as operation, cells.sku, cells.location as to_location, cells.holding as to_holding,
        standards.standard_cost as new_cost, standards.date
    from standards
    join cost_methods as methods on standards.sku = methods.sku and methods.method = 'standard'
        and standards.valid_from >= methods.valid_from and standards.valid_from < methods.valid_until
    join cells on standards.sku = cells.sku and not cells.is_shelf
    where standards.cost_id is not null
),
switches as (
    select 'method change of ' || cells.sku || ' on ' || local_date(methods.valid_from) as event_id,
        'method_change' as type, methods.valid_from as moment,
        cells.cell as leg, 'switch' as operation, cells.sku, cells.location as to_location, cells.holding as to_holding,
        methods.method
    from cost_methods as methods
    join cells on methods.sku = cells.sku and not cells.is_shelf
    cross join as_of
    where methods.valid_from > '0001-01-02' and methods.valid_from <= as_of.moment
),
withdrawn as (
    select 'void of ' || event_id as event_id, 'void' as type, event_id as void_of, voided_at as moment, -leg as leg,
        case when operation in ('out', 'group_out') then 'return' when operation = 'move' then 'move' else 'out' end
            as operation,
        sku, quantity, to_location as from_location, from_location as to_location, to_holding as from_holding,
        from_holding as to_holding, event_id as source_event_id, leg as source_leg
    from stock_legs
    where voided_at is not null
),
changes as (
    select *, 1 as rank from late
    union all by name
    select * exclude (voided_at, today), 1 as rank from revaluations
    union all by name
    select *, 1 as rank from unrevalued
    union all by name
    select *, 1 as rank from freight_of_all
    union all by name
    select *, 1 as rank from new_standards
    union all by name
    select *, 0 as rank from switches
    union all by name
    select *, 2 as rank from withdrawn
),
marks as (
    select replayed_at, max(position) as position from stock_rows group by replayed_at
),
ordered as (
    select *, row_number() over (order by moment, rank, recorded_at nulls first, event_id, leg) as after from changes
)
select ordered.* exclude (rank, moment, recorded_at, date), moment as replayed_at,
    coalesce(ordered.date, local_date(moment)) as date,
    coalesce(marks.position, 0) as position
from ordered
asof left join marks
    on case when rank = 0 then moment - interval 1 microsecond else moment end >= marks.replayed_at
