-- What each inflow with a known cost is worth: its own price, and the documents that join it with the goods.
-- Grain: one row per inflow with a price or such a document. Money in functional currency. Without a price of its own a
-- documented inflow has its standard cost, else nothing. ``value`` is never below zero; ``freight`` is the part of it that came
-- with landed costs.
with documents as (
    select event_id, sum(value_change) as value_change,
        sum(case when type = 'landed_cost' then value_change else 0 end) as freight
    from cost_documents
    where not is_late
    group by event_id
),
inflows as (
    select
        rows.event_id, rows.quantity,
        money(times(rows.priced_quantity, coalesce(
            rows.unit_cost,
            case when documents.event_id is not null then coalesce(times(rows.units_per, standards.standard_cost), 0) end
        ))) as own_value,
        coalesce(documents.value_change, 0) as value_change, coalesce(documents.freight, 0) as freight
    from stock_rows as rows
    left join documents using (event_id)
    left join standards on rows.sku = standards.sku and rows.replayed_at >= standards.valid_from
        and rows.replayed_at < standards.valid_until
    where rows.type in ('opening', 'receipt', 'adjustment', 'count') and rows.owner = 'own'
)
select event_id, quantity, own_value,
    money(greatest(own_value + value_change, 0)) as value,
    money(least(greatest(freight, 0), greatest(own_value + value_change, 0))) as freight
from inflows
where own_value is not null
