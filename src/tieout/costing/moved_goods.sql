-- What each stock event moves: a virtual kit as its components, a return by the shipments that it takes back, goods from the
-- damaged shelf as far as damaged returns lie there.
-- Grain: one row per stock event of our own goods, component, and shipment taken back or shelf. Items that are not stocked
-- have none, and neither has what is consigned to us or shipped by a supplier: it is never valued.
-- ``from_holding`` and ``to_holding`` part the cells of one sku and place: goods in transit by document, damaged goods. The
-- weights share any amount of the event over a kit's components, by standard cost (all known) or quantity; so are shared
-- what can be recovered of damaged goods, and the ``labour`` that an assembly added, in functional currency.
with parted as (
    select opened.*, 'damaged' as shelf, from_shelf.quantity as goods
    from opened_goods as opened
    join shelf_goods as from_shelf using (event_id, place, moved_sku)
    where from_shelf.quantity > 0
    union all
    select opened.*, '', (opened.moved_quantity - coalesce(from_shelf.quantity, 0))::decimal(18, 4)
    from opened_goods as opened
    left join shelf_goods as from_shelf using (event_id, place, moved_sku)
    where opened.moved_quantity > coalesce(from_shelf.quantity, 0)
)
select
    parted.event_id, parted.type, parted.position, replayed_at, date, voided_at, document, moved_sku as sku,
    goods as quantity, from_location, to_location, ships_from, source_event_id, is_damaged,
    row_number() over (partition by parted.event_id order by place, moved_sku, shelf desc) as part,
    concat_ws(' ', nullif(shelf, ''), case when leaves_road then 'transit ' || coalesce(document, '') end) as from_holding,
    concat_ws(' ', case when stays_damaged then nullif(shelf, '') end,
        case when joins_road then 'transit ' || coalesce(document, '') end) as to_holding,
    concat_ws(' ', 'damaged', case when joins_road then 'transit ' || coalesce(document, '') end) as shelf_holding,
    weight_before, weight_until, weight_of_all,
    part_of(
        case when is_damaged then coalesce(
            share_of_money(money(in_bounds(times(priced_quantity, recoverable))), part_of_event, parted.quantity), 0) end,
        weight_before, weight_until, weight_of_all
    ) as recoverable_value,
    part_of(
        case when type = 'assembly_in' then coalesce(money(times(priced_quantity, unit_cost)), 0) end, weight_before,
        weight_until, weight_of_all
    ) as labour
from parted
