-- What each stock event moves before damaged goods are told from good ones: a virtual kit as its components, a return by the
-- shipments that it takes back.
-- Grain: one row per stock event of our own goods, component, and shipment taken back. Items that are not stocked have none,
-- and neither has what is consigned to us or shipped by a supplier: it is never valued. ``shelf_from`` and ``shelf_to``: the
-- places where damaged goods would leave and join their shelf.
with transit as (
    select location from locations where type = 'transit'
),
placed as (
    select
        rows.*,
        settings.cost_scope = 'location' and (from_status = 'in_transit' or ships_from in (from transit)) as leaves_road,
        settings.cost_scope = 'location' and (to_status = 'in_transit' or arrives_at in (from transit)) as joins_road,
        rows.type = 'customer_return' and coalesce(rows.disposition, 'sellable') = 'damaged'
            or settings.damage = 'on_status' and rows.type in ('status_change', 'transfer')
                and coalesce(to_status, 'available') = 'damaged'
                and coalesce(from_status, 'available') <> 'damaged' as is_damaged
    from stock_rows as rows
    cross join settings
    where rows.owner = 'own'
        and (rows.type <> 'transfer' or settings.cost_scope = 'location' or settings.damage = 'on_status')
),
traced as (
    -- A return by its shipments; what has none stays a row of its own.
    select placed.* exclude (source_event_id),
        case when type = 'customer_return' then sources.source_event_id else placed.source_event_id end as source_event_id,
        coalesce(sources.place, 0) as place,
        coalesce(sources.quantity, placed.quantity) as part_of_event
    from placed
    left join return_sources as sources using (event_id)
    union all
    select placed.* exclude (source_event_id), null, 1000000, (placed.quantity - taken.quantity)::decimal(18, 4)
    from placed
    join (
        select event_id, sum(quantity) as quantity from return_sources group by event_id
    ) as taken using (event_id)
    where placed.quantity > taken.quantity
),
returned as (
    -- A returned kit gives back the components that its shipment took, rounded over all of its returns.
    select traced.event_id, traced.place, parts.sku, parts.weight, parts.weight_until, parts.weight_of_all,
        share_of_quantity(parts.quantity, sum(part_of_event) over so_far, sent.quantity)
            - share_of_quantity(parts.quantity, sum(part_of_event) over so_far - part_of_event, sent.quantity) as quantity
    from traced
    join stock_rows as sent on traced.source_event_id = sent.event_id and traced.sku = sent.sku
    join kit_parts as parts on sent.event_id = parts.event_id
    where traced.type = 'customer_return'
    window so_far as (partition by traced.source_event_id, parts.sku order by traced.position, traced.place)
),
components as (
    select event_id, place, sku, quantity::decimal(18, 4) as quantity, weight, weight_until, weight_of_all from returned
    union all
    select traced.event_id, traced.place, parts.sku, share_of_quantity(parts.quantity, part_of_event, traced.quantity),
        weight, weight_until, weight_of_all
    from traced
    join kit_parts as parts using (event_id)
    anti join returned on traced.event_id = returned.event_id and traced.place = returned.place
)
select
    traced.*,
    coalesce(from_location, '') || case when leaves_road then ' transit ' || coalesce(document, '') else '' end as shelf_from,
    coalesce(to_location, '') || case when joins_road then ' transit ' || coalesce(document, '') else '' end as shelf_to,
    type in ('transfer', 'status_change') and coalesce(to_status, 'damaged') = 'damaged' as stays_damaged,
    coalesce(parts.sku, traced.sku) as moved_sku,
    case when parts.sku is null then part_of_event else parts.quantity end as moved_quantity,
    coalesce(parts.weight_until, 1) as weight_until,
    coalesce(parts.weight_until - parts.weight, 0) as weight_before,
    coalesce(parts.weight_of_all, 1) as weight_of_all
from traced
left join components as parts using (event_id, place)
where coalesce(parts.sku, traced.sku) not in (select sku from items where not is_stocked)
