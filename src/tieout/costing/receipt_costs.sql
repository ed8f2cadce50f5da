-- What each inflow with a known cost is worth: its own price, and the documents that restate it.
-- Grain: one row per inflow with a price or a cost document. Money in functional currency. Without a price of its own a
-- documented inflow has its standard cost, else nothing. ``value`` enters the cost layer, and is never below zero:
-- ``excess`` is what credits take off beyond that.
with documents as (
    select event_id, sum(value_change) as value_change from cost_documents group by event_id
),
inflows as (
    select
        rows.event_id, rows.quantity, documents.event_id is not null as is_documented,
        money(times(rows.quantity, coalesce(
            rows.unit_cost, case when documents.event_id is not null then coalesce(items.standard_cost, 0) end
        ))) as own_value,
        coalesce(documents.value_change, 0) as value_change
    from stock_rows as rows
    left join documents using (event_id)
    left join items on rows.sku = items.sku
    where rows.type in ('opening', 'receipt', 'adjustment', 'count') and rows.owner = 'own'
)
select event_id, quantity, own_value,
    money(greatest(own_value + value_change, 0)) as value,
    money(greatest(-own_value - value_change, 0)) as excess
from inflows
where own_value is not null
