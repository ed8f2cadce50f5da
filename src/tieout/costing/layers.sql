-- The cost layers that are open at the end, in the order in which they would be taken.
-- Grain: one row per layer; an average pool is one layer without a receipt. Damaged goods worth nothing have none.
-- Functional currency.
select
    cells.sku, cells.location, coalesce(origins.void_of, origins.event_id) as receipt_event_id,
    rows.occurred_at as received_at,
    (layers.quantity::decimal(18, 0) * 0.0001)::decimal(18, 4) as quantity, from_minor_units(layers.amount) as amount
from kernel_layers as layers
join cells using (cell)
left join valued_legs as origins on layers.origin = origins.row
left join stock_rows as rows on coalesce(origins.void_of, origins.event_id) = rows.event_id
where cells.holding not like 'damaged%' or layers.amount <> 0
order by layers.row
