-- What each receipt or opening cost: its own price, and the documents that restate it.
-- Grain: one row per inflow with a price. Money in functional currency. ``value`` enters the cost layer.
with inflows as (
    select rows.event_id, rows.quantity, money(rows.quantity * coalesce(rows.unit_cost, assumed.standard_cost)) as own_value,
        rows.unit_cost is null as is_assumed
    from stock_rows as rows
    left join (select event_id from cost_documents group by event_id) as documented using (event_id)
    left join items as assumed
        on rows.unit_cost is null and documented.event_id is not null and rows.sku = assumed.sku
    where rows.type in ('opening', 'receipt', 'adjustment', 'count')
),
documents as (
    select event_id, sum(value_change) as value_change from cost_documents group by event_id
)
select inflows.*, money(own_value + coalesce(documents.value_change, 0)) as value
from inflows
left join documents using (event_id)
where own_value is not null
