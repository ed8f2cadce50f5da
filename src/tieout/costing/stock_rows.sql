-- The stock events that count, in the one order in which everything is replayed.
-- Grain: one row per stock event up to "now", whoever owns the goods. ``sku`` and ``quantity`` in our own units; ``unit_cost`` in
-- functional currency per unit of ``priced_quantity``, as the source counts; ``channel`` is the order's, whoever ships, also of
-- a return that only names its shipment; the event's own where no order tells one. ``ships_from`` and ``arrives_at`` keep the
-- places that company scope takes out of ``from_location`` and ``to_location``.
-- Order: occurred_at, recorded_at, inflows before outflows, event_id; but no row before the row that it depends on. As known
-- then, a row stands where it became known; ``settled_on`` is the day on which it can settle what waited for it.
with recursive transit as (
    select location from locations where type = 'transit'
),
aliases as (
    select events.event_id,
        arg_max(
            {'sku': aliases.sku, 'units_per': coalesce(aliases.units_per, 1),
                'quantity': try_cast(events.quantity::decimal(38, 4) * coalesce(aliases.units_per, 1) as decimal(18, 4))},
            coalesce(aliases.valid_from, '1900-01-01')
        ) as own
    from stock_events as events
    join sku_aliases as aliases
        on events.system = aliases.system and events.sku = aliases.external_sku
        and (aliases.valid_from is null or aliases.valid_from <= events.occurred_at)
        and (aliases.valid_to is null or events.occurred_at < aliases.valid_to)
    where try_cast(events.quantity::decimal(38, 4) * coalesce(aliases.units_per, 1) as decimal(18, 4)) is not null
    group by events.event_id
),
only_lines as (
    -- Warehouses name the order and the item, not the line: where the order has one line of the item, it is that one.
    select order_id, sku, any_value(line_no) as line_no
    from order_lines
    where order_id in (select order_id from stock_events where line_no is null)
    group by order_id, sku
    having count(*) = 1
),
facts as (
    select
        events.* exclude (owner, sku, quantity, voided_at, from_location, to_location, line_no),
        coalesce(events.line_no, only_lines.line_no) as line_no,
        case when type = 'status_change' then coalesce(from_location, to_location) else from_location end as from_location,
        case when type = 'status_change' then coalesce(to_location, from_location) else to_location end as to_location,
        coalesce(aliases.own.sku, events.sku) as sku,
        coalesce(aliases.own.quantity, events.quantity) as quantity,
        events.quantity as priced_quantity, coalesce(aliases.own.units_per, 1)::decimal(18, 4) as units_per,
        case when settings.knowledge = 'as_known' and events.voided_at <= as_of.moment then events.voided_at end
            as voided_at,
        coalesce(owner, 'own') as owner,
        local_date(occurred_at) as date,
        coalesce(recorded_at, occurred_at) as known_at,
        case when settings.knowledge = 'as_known' then greatest(occurred_at, known_at) else occurred_at end as moment,
        case when type in ('opening', 'receipt', 'customer_return', 'assembly_in') then 0
            when type in ('adjustment', 'count') and from_location is null then 0
            else 1 end as direction
    from stock_events as events
    cross join as_of
    cross join settings
    left join aliases using (event_id)
    left join only_lines
        on events.line_no is null and type in ('shipment', 'customer_return') and events.order_id = only_lines.order_id
        and coalesce(aliases.own.sku, events.sku) = only_lines.sku
    where occurred_at <= as_of.moment
        and (events.voided_at is null or events.voided_at > as_of.moment or settings.knowledge = 'as_known')
        and (settings.knowledge = 'hindsight' or greatest(occurred_at, recorded_at) <= as_of.moment
            and coalesce(events.voided_at > greatest(occurred_at, recorded_at), true))
),
named as (
    select event_id, type, sku, sku in (select sku from items where kit_type = 'virtual') as is_kit
    from facts
    where event_id in (select source_event_id from facts where source_event_id is not null)
),
shipments as (
    select order_id, line_no, sku, arg_min(event_id, (moment, event_id)) as event_id
    from facts
    where type = 'shipment' and (order_id, line_no) in (
        select (order_id, line_no) from facts where type = 'customer_return' and source_event_id is null
    )
    group by all
),
sourced as (
    select
        facts.* exclude (source_event_id),
        coalesce(order_lines.channel, order_channels.channel) as order_channel,
        facts.source_event_id is not null as is_source_named,
        case when facts.type = 'customer_return' then coalesce(named.event_id, shipments.event_id)
            when facts.type = 'vendor_return' or facts.sku in (select sku from cost_methods where method = 'specific')
            then named.event_id end as source_event_id,
        case when facts.type = 'assembly_in' then components.event_id
            when facts.from_status = 'in_transit' or facts.from_location in (from transit) then first_leg.event_id end
            as comes_after
    from facts
    left join order_lines on facts.order_id = order_lines.order_id and facts.line_no = order_lines.line_no
    left join order_channels on facts.order_id = order_channels.order_id
    left join named
        on facts.source_event_id = named.event_id
        and (named.sku = facts.sku or named.is_kit)
        and (named.type = 'shipment') = (facts.type = 'customer_return')
        and (named.type in ('shipment', 'receipt', 'opening') or facts.type = 'shipment'
            and named.type in ('assembly_in', 'customer_return', 'adjustment', 'count'))
    left join shipments
        on facts.source_event_id is null and facts.order_id = shipments.order_id
        and facts.line_no is not distinct from shipments.line_no and facts.sku = shipments.sku
    left join (
        select document, sku, to_location, arg_min(event_id, (moment, event_id)) as event_id
        from facts
        where type = 'transfer' and document is not null
        group by all
    ) as first_leg
        on facts.type = 'transfer' and facts.document = first_leg.document and facts.sku = first_leg.sku
        and facts.from_location = first_leg.to_location
    left join (
        select document, arg_max(event_id, (moment, known_at, event_id)) as event_id
        from facts
        where type = 'assembly_out'
        group by document
    ) as components
        on facts.type = 'assembly_in' and facts.document = components.document
),
priced as (
    select sourced.* exclude (unit_cost, currency, recoverable),
        try_cast(converted(sourced.unit_cost, rates.rate) as decimal(18, 6)) as unit_cost,
        try_cast(converted(sourced.recoverable, coalesce(rates.rate, 1)) as decimal(18, 6)) as recoverable,
        sourced.unit_cost is not null and rates.rate is null as rate_missing
    from sourced
    cross join settings
    asof left join rates
        on coalesce(sourced.currency, settings.currency) = rates.currency and sourced.date >= rates.rate_date
),
needs as (
    select event_id, coalesce(source_event_id, comes_after) as needed_id
    from priced
    where coalesce(source_event_id, comes_after) <> event_id
),
chains as (
    select event_id, needed_id, 1 as depth from needs
    union all
    select chains.event_id, needs.needed_id, chains.depth + 1
    from chains
    join needs on chains.needed_id = needs.event_id
    where chains.depth < 100
),
needed as (
    -- The latest of all that a row depends on, and how many steps deep it does.
    select chains.event_id, max(depth) as depth,
        max((rows.moment, rows.known_at, rows.direction, rows.event_id)) as place
    from chains
    join priced as rows on chains.needed_id = rows.event_id
    group by chains.event_id
),
source_channels as (
    select needs.event_id, rows.order_channel, rows.channel
    from needs
    join priced as rows on needs.needed_id = rows.event_id
),
placed as (
    select
        priced.* exclude (channel, order_channel),
        coalesce(priced.order_channel, source_channels.order_channel, priced.channel, source_channels.channel) as channel,
        coalesce(needed.place > (priced.moment, priced.known_at, priced.direction, priced.event_id), false) as is_moved,
        case when is_moved then needed.place else (priced.moment, priced.known_at, priced.direction, priced.event_id) end
            as place,
        case when is_moved then needed.depth else 0 end as depth
    from priced
    left join needed using (event_id)
    left join source_channels using (event_id)
)
select
    event_id, type, sku, quantity, priced_quantity, units_per, occurred_at, placed.date, days.period, voided_at,
    known_at, delivered_at, place[1] as replayed_at,
    case when settings.knowledge = 'as_known' then local_date(moment) else placed.date end as settled_on,
    case when settings.cost_scope = 'location' then from_location end as from_location,
    case when settings.cost_scope = 'location' then to_location end as to_location,
    from_location as ships_from, to_location as arrives_at,
    owner, from_status, to_status, unit_cost, rate_missing, order_id, line_no, channel, document,
    source_event_id, is_source_named, disposition, recoverable,
    row_number() over (
        order by place[1], place[2], place[3], place[4], depth, moment, known_at, direction, event_id
    ) as position
from placed
cross join settings
left join days on placed.date = days.date
