-- Items and connectors whose sales are all booked by another rule than the policy's, or on another item.
-- Grain: one item and source with a rule. ``change`` as in effects. Only where enough sales tell the rules apart.
with candidates as (
    select sku, source,
        count(*) filter (where averaged <> cost) as averaged, count(*) filter (where pooled <> cost) as pooled,
        bool_or(is_carrier) as has_carrier, bool_or(has_true_up) as has_true_up
    from events
    where kind_of_event = 'shipment' and sku not in (select component_sku from kit_components)
    group by sku, source
),
items_ruled as (
    select sku, bool_and(averaged >= 8) as can_be_averaged, bool_and(pooled >= 8) as can_be_pooled
    from candidates
    group by sku
    having not bool_or(has_carrier) and not bool_or(has_true_up)
),
blended as (
    select sku, 'blended' as change, 'walmart' as source
    from items
    join errors on errors.cause = 'blended_cogs' and errors.rate > 0
)
select sku, 'averaged' as change, null as source
from items_ruled
join errors on errors.cause = 'wrong_method' and draw(sku, errors.cause, 1000000) < errors.rate
where can_be_averaged
union all
select sku, 'pooled', null
from items_ruled
join errors on errors.cause = 'location_cost_pool' and draw(sku, errors.cause, 1000000) < errors.rate
left join errors as methods on methods.cause = 'wrong_method'
where can_be_pooled and not (can_be_averaged and draw(sku, 'wrong_method', 1000000) < coalesce(methods.rate, 0))
union all
from blended
union all
select sku, 'sku', 'amazon' from mismaps
