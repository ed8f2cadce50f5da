-- The movements in the order in which they are valued: time, inflows before outflows, event id.
-- Grain: one movement; ``leg`` counts from 0, pools from 0, -1 is the outside world or no source.
with pools as (
    select sku, holding, row_number() over (order by sku, holding) - 1 as pool
    from (
        select sku, from_holding as holding from moves where from_holding is not null
        union
        select sku, to_holding from moves where to_holding is not null
    )
),
ordered as (
    select
        moves.*,
        row_number() over (
            order by moment, from_holding is not null or to_holding is null and source_event is null, event_id, sku
        ) - 1 as leg
    from moves
)
select
    ordered.leg, ordered.event_id, ordered.sku, ordered.quantity,
    coalesce(out_of.pool, -1) as out_of,
    coalesce(into_pool.pool, -1) as into_pool,
    ordered.worth, ordered.known_worth,
    coalesce(sources.leg, -1) as source
from ordered
left join pools as out_of on ordered.sku = out_of.sku and ordered.from_holding = out_of.holding
left join pools as into_pool on ordered.sku = into_pool.sku and ordered.to_holding = into_pool.holding
left join ordered as sources on ordered.source_event = sources.event_id and ordered.sku = sources.sku
order by ordered.leg
