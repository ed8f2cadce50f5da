-- Everything that moves or changes value, in the order in which it is replayed: (position, after, leg).
-- Grain: one row per leg (event_id, leg, after); columns as in stock_legs and revisions. ``standard_cost``: the one
-- in force, of a revaluation the new unit cost; ``method``: how the sku is costed then;
-- ``after``: 0 of a stock event, else the place of a revision among all.
with legs as (
    from stock_legs
    union all by name
    select * exclude (method), method as new_method from revisions
)
select legs.* exclude (new_cost, voided_at),
    coalesce(legs.new_cost, standards.standard_cost) as standard_cost, cost_methods.method
from legs
left join standards on legs.sku = standards.sku and legs.replayed_at >= standards.valid_from
    and legs.replayed_at < standards.valid_until
left join cost_methods on legs.sku = cost_methods.sku and legs.replayed_at >= cost_methods.valid_from
    and legs.replayed_at < cost_methods.valid_until
