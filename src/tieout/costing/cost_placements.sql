-- Where the value of each cost document goes: to the goods, or to what is no longer there.
-- Grain: one row per document and place. Functional currency, Dr +. ``goods_sku`` and ``goods_location``: what was received
-- (or moved), and where; ``date`` is that of the goods, of a late document its own.
with joined as (
    -- With the goods: in their cost from the first day on.
    select documents.cost_id, documents.type, goods.sku as goods_sku, documents.location as goods_location,
        case when legs.is_at_standard or legs.is_refused then 'purchase_price_variance' else stock_role(legs.to_holding) end
            as role,
        goods.sku, legs.to_location as location, documents.value_date as date,
        part_of(documents.value_change, goods.weight_before, goods.weight_until, goods.weight_of_all) as amount
    from cost_documents as documents
    join moved_goods as goods using (event_id)
    join valued_legs as legs
        on goods.event_id = legs.event_id and goods.part = legs.leg and legs.operation in ('in', 'move')
    cross join settings
    where not documents.is_late and not goods.is_damaged
        and (documents.type <> 'transfer_freight' or settings.capitalise_transfer_freight)
),
late as (
    select documents.cost_id, documents.type, legs.row, legs.sku as goods_sku, documents.location as goods_location,
        legs.is_at_standard, legs.amount, documents.value_date as date
    from cost_documents as documents
    join valued_legs as legs
        on documents.cost_id = legs.event_id and documents.event_id = legs.source_event_id and legs.operation = 'add'
        and documents.moment = legs.replayed_at
    where documents.is_late
),
found as (
    select late.cost_id, late.type, goods_sku, goods_location, stock_role(holding) as role, placements.sku,
        placements.location, late.date, placements.amount
    from late
    join placements on late.row = placements.row and placements.true_up is null
),
gone as (
    select late.cost_id, late.type, goods_sku, goods_location,
        case when is_at_standard then 'purchase_price_variance' else 'cogs' end as role,
        goods_sku as sku, goods_location as location, late.date,
        late.amount - coalesce(placed.amount, 0) as amount
    from late
    left join (
        select row, sum(amount) as amount from placements where true_up is null group by row
    ) as placed using (row)
),
pooled as (
    -- Company-wide stock does not move: all of it carries the freight between its places.
    select documents.cost_id, documents.type, documents.sku as goods_sku, documents.location as goods_location,
        'inventory' as role, documents.sku, legs.to_location as location, documents.date, legs.amount
    from cost_documents as documents
    join valued_legs as legs on documents.cost_id = legs.event_id and legs.operation = 'revalue'
    where documents.type = 'transfer_freight'
),
capitalised as (
    select * from joined where amount <> 0
    union all by name
    select * from found
    union all by name
    select * from gone where amount <> 0
    union all by name
    select * from pooled where amount <> 0
),
expensed as (
    select documents.cost_id, documents.type, documents.sku as goods_sku, documents.location as goods_location,
        'freight' as role, documents.sku, documents.location, documents.date,
        money(documents.amount - coalesce(capitalised.amount, 0)) as amount
    from cost_documents as documents
    left join (
        select cost_id, sum(amount) as amount from capitalised group by cost_id
    ) as capitalised using (cost_id)
    where documents.type = 'transfer_freight'
)
from capitalised
union all by name
select * from expensed where amount <> 0
