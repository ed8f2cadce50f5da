-- Where goods came and went, whoever owns them and whether or not they are valued; virtual kits as their components.
-- Grain: one row per stock event, stocked item and end. ``quantity``: in positive, out negative. Goods without a status are
-- available, on the road in_transit, returned as damaged, damaged. What a supplier ships for us is never here.
with parts as (
    -- A returned kit gives back what its shipment took, whatever it consists of today.
    select event_id, moved_sku as sku, sum(moved_quantity)::decimal(18, 4) as quantity
    from opened_goods
    where type = 'customer_return' and moved_sku <> sku
    group by all
    union all
    select event_id, sku, quantity
    from kit_parts
    where event_id not in (select event_id from opened_goods where type = 'customer_return')
),
ends as (
    select event_id, type, sku, quantity, occurred_at, ships_from as location, from_status as status, owner, -1 as sign
    from stock_rows
    where ships_from is not null and owner <> 'dropship'
    union all
    select event_id, type, sku, quantity, occurred_at, arrives_at,
        coalesce(to_status, case when type = 'customer_return' then nullif(disposition, 'sellable') end), owner, 1
    from stock_rows
    where arrives_at is not null and owner <> 'dropship'
)
select ends.event_id, coalesce(parts.sku, ends.sku) as sku, ends.location,
    coalesce(ends.status, case when places.type = 'transit' then 'in_transit' else 'available' end) as status,
    ends.occurred_at, ends.owner, (ends.sign * coalesce(parts.quantity, ends.quantity))::decimal(18, 4) as quantity
from ends
left join parts using (event_id)
left join locations as places on ends.location = places.location
where coalesce(parts.sku, ends.sku) not in (select sku from items where not is_stocked)
