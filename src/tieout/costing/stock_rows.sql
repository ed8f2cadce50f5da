-- The stock events that count, in the one order in which everything is replayed.
-- Grain: one row per stock event up to "now", whoever owns the goods. ``unit_cost`` in functional currency; ``channel`` also from
-- the order, or from the shipment that a return takes back; ``ships_from`` and ``arrives_at`` keep the places that company
-- scope takes out of ``from_location`` and ``to_location``.
-- Order: occurred_at, recorded_at, inflows before outflows, event_id; but no row before the row that it depends on.
with transit as (
    select location from locations where type = 'transit'
),
facts as (
    select
        events.* exclude (owner),
        coalesce(owner, 'own') as owner,
        local_date(occurred_at) as date,
        coalesce(recorded_at, occurred_at) as known_at,
        case when type in ('opening', 'receipt', 'customer_return', 'assembly_in') then 0
            when type in ('adjustment', 'count') and from_location is null then 0
            else 1 end as direction
    from stock_events as events
    cross join as_of
    where occurred_at <= as_of.moment
        and (voided_at is null or voided_at > as_of.moment)
),
channelless_orders as (
    select distinct order_id from facts where channel is null and order_id is not null
),
order_channels as (
    select order_id, line_no, channel from order_lines semi join channelless_orders using (order_id)
    union all
    select order_id, null, min(channel)
    from order_lines
    semi join channelless_orders using (order_id)
    group by order_id
    having count(distinct channel) = 1
),
named as (
    select event_id, type, sku
    from facts
    where event_id in (select source_event_id from facts where source_event_id is not null)
),
shipments as (
    select order_id, line_no, sku, arg_min(event_id, (occurred_at, event_id)) as event_id
    from facts
    where type = 'shipment' and (order_id, line_no) in (
        select (order_id, line_no) from facts where type = 'customer_return' and source_event_id is null
    )
    group by all
),
sourced as (
    select
        facts.* exclude (source_event_id, channel),
        coalesce(facts.channel, order_channels.channel) as channel,
        facts.source_event_id is not null as is_source_named,
        case when facts.type = 'customer_return' then coalesce(named.event_id, shipments.event_id)
            when facts.type = 'vendor_return' or settings.cost_method = 'specific' then named.event_id
            end as source_event_id,
        case when facts.from_status = 'in_transit' or facts.from_location in (from transit) then first_leg.event_id end
            as first_leg
    from facts
    cross join settings
    left join order_channels
        on facts.order_id = order_channels.order_id and facts.line_no is not distinct from order_channels.line_no
    left join named
        on facts.source_event_id = named.event_id and named.sku = facts.sku
        and (named.type = 'shipment') = (facts.type = 'customer_return')
        and named.type in ('shipment', 'receipt', 'opening')
    left join shipments
        on facts.source_event_id is null and facts.order_id = shipments.order_id
        and facts.line_no is not distinct from shipments.line_no and facts.sku = shipments.sku
    left join (
        select document, sku, to_location, arg_min(event_id, (occurred_at, event_id)) as event_id
        from facts
        where type = 'transfer' and document is not null
        group by all
    ) as first_leg
        on facts.type = 'transfer' and facts.document = first_leg.document and facts.sku = first_leg.sku
        and facts.from_location = first_leg.to_location
),
priced as (
    select sourced.* exclude (unit_cost, currency), converted(sourced.unit_cost, rates.rate) as unit_cost,
        sourced.unit_cost is not null and rates.rate is null as rate_missing
    from sourced
    cross join settings
    asof left join rates
        on coalesce(sourced.currency, settings.currency) = rates.currency and sourced.date >= rates.rate_date
),
needed as (
    select event_id, occurred_at, known_at, direction, channel
    from priced
    where event_id in (select coalesce(source_event_id, first_leg) from priced)
),
placed as (
    select
        priced.* exclude (channel),
        coalesce(priced.channel, needed.channel) as channel,
        needed.event_id is not null and (needed.occurred_at, needed.known_at, needed.direction, needed.event_id)
            > (priced.occurred_at, priced.known_at, priced.direction, priced.event_id) as is_moved,
        case when is_moved then needed.occurred_at else priced.occurred_at end as place_1,
        case when is_moved then needed.known_at else priced.known_at end as place_2,
        case when is_moved then needed.direction else priced.direction end as place_3,
        case when is_moved then needed.event_id else priced.event_id end as place_4
    from priced
    left join needed on needed.event_id = coalesce(priced.source_event_id, priced.first_leg)
)
select
    event_id, type, sku, quantity, occurred_at, placed.date, days.period,
    case when settings.cost_scope = 'location' then from_location end as from_location,
    case when settings.cost_scope = 'location' then to_location end as to_location,
    from_location as ships_from, to_location as arrives_at,
    owner, from_status, to_status, unit_cost, rate_missing, order_id, line_no, channel, document,
    source_event_id, is_source_named, disposition, recoverable,
    row_number() over (
        order by place_1, place_2, place_3, place_4, is_moved, occurred_at, known_at, direction, event_id
    ) as position
from placed
cross join settings
left join days on placed.date = days.date
