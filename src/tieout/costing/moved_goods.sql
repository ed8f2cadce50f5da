-- What each stock event moves: a virtual kit as its components, a return by the shipments that it takes back, goods from the
-- damaged shelf as far as damaged returns lie there.
-- Grain: one row per stock event of our own goods, component, and shipment taken back or shelf. Items that are not stocked
-- have none, and neither has what is consigned to us or shipped by a supplier: it is never valued.
-- ``from_holding`` and ``to_holding`` part the cells of one sku and place: goods in transit by document, damaged goods. The
-- weights share any amount of the event over a kit's components, by standard cost (all known) or quantity; so are shared
-- what can be recovered of damaged goods, and the ``labour`` that an assembly added, in functional currency.
with transit as (
    select location from locations where type = 'transit'
),
placed as (
    select
        rows.*,
        settings.cost_scope = 'location' and (from_status = 'in_transit' or ships_from in (from transit)) as leaves_road,
        settings.cost_scope = 'location' and (to_status = 'in_transit' or arrives_at in (from transit)) as joins_road,
        rows.type = 'customer_return' and coalesce(rows.disposition, 'sellable') = 'damaged'
            or settings.damage = 'on_status' and rows.type in ('status_change', 'transfer') and to_status = 'damaged'
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
opened as (
    select
        traced.*,
        coalesce(parts.sku, traced.sku) as moved_sku,
        case when parts.sku is null then part_of_event
            else share_of_quantity(parts.quantity, part_of_event, traced.quantity) end as moved_quantity,
        coalesce(parts.weight_until, 1) as weight_until,
        coalesce(parts.weight_until - parts.weight, 0) as weight_before,
        coalesce(parts.weight_of_all, 1) as weight_of_all
    from traced
    left join kit_parts as parts using (event_id)
    where coalesce(parts.sku, traced.sku) not in (select sku from items where not is_stocked)
),
shelf as (
    -- Damaged returns in, issues from the damaged shelf out: how much of an issue finds damaged goods there.
    select *, case when is_damaged then to_location else from_location end as shelf_location,
        sum(case when is_damaged then moved_quantity else 0 end) over so_far as came,
        sum(case when is_damaged then 0 else moved_quantity end) over so_far as left_until
    from opened
    where is_damaged or (from_status = 'damaged' and type <> 'transfer' and ships_from is not null)
    window so_far as (
        partition by moved_sku, shelf_location order by position, place
        rows between unbounded preceding and current row
    )
),
found as (
    select *, left_until - greatest(0, max(left_until - came) over so_far) as found_until
    from shelf
    window so_far as (
        partition by moved_sku, shelf_location order by position, place
        rows between unbounded preceding and current row
    )
),
from_shelf as (
    select event_id, place, moved_sku,
        (found_until - lag(found_until, 1, 0) over (
            partition by moved_sku, shelf_location order by position, place
        ))::decimal(18, 4) as quantity
    from found
),
parted as (
    select opened.*, 'damaged' as shelf, from_shelf.quantity as goods
    from opened
    join from_shelf using (event_id, place, moved_sku)
    where from_shelf.quantity > 0
    union all
    select opened.*, '', (opened.moved_quantity - coalesce(from_shelf.quantity, 0))::decimal(18, 4)
    from opened
    left join from_shelf using (event_id, place, moved_sku)
    where opened.moved_quantity > coalesce(from_shelf.quantity, 0)
)
select
    parted.event_id, parted.type, parted.position, replayed_at, date, voided_at, document, moved_sku as sku,
    goods as quantity, from_location, to_location, ships_from, source_event_id, is_damaged,
    row_number() over (partition by parted.event_id order by place, moved_sku, shelf desc) as part,
    case when leaves_road then 'transit ' || coalesce(document, '') else shelf end as from_holding,
    case when joins_road then 'transit ' || coalesce(document, '')
        when to_status = 'damaged' and type = 'status_change' then shelf else '' end as to_holding,
    weight_before, weight_until, weight_of_all,
    part_of(
        coalesce(share_of_money(money(times(priced_quantity, recoverable)), part_of_event, parted.quantity), 0),
        weight_before, weight_until, weight_of_all
    ) as recoverable_value,
    part_of(
        coalesce(money(times(priced_quantity, unit_cost)), 0), weight_before, weight_until, weight_of_all
    ) as labour
from parted
