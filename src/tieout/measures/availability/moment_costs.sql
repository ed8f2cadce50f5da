-- What a unit of each item cost at each moment: the item's stock after its last movement that left any, whatever the place.
-- Grain: one row per moment of ``stock_moments`` and sku with a known cost. ``pool``: units and value; functional currency.
with costs as (
    select events.sku, rows.occurred_at,
        arg_max({'quantity': quantity_after, 'amount': amount_after}, (rows.position, events.leg)) as pool
    from valued_events as events
    join stock_rows as rows using (event_id)
    where events.quantity_after > 0
    group by all
)
select moments.taken_at, moments.sku, costs.pool
from stock_moments as moments
asof join costs on moments.sku = costs.sku and moments.taken_at >= costs.occurred_at
