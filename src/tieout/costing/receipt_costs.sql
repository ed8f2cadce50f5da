-- What each inflow with a known cost is worth: its own price (or that of its bills), and the documents that join it with the
-- goods.
-- Grain: one row per inflow with a price. Money in functional currency. ``value`` is never below zero; ``freight`` is the part of
-- it that came with landed costs.
with documents as (
    select event_id,
        sum(case when is_late then 0 else value_change end) as value_change,
        sum(case when type = 'landed_cost' and not is_late then value_change else 0 end) as freight,
        any_value(billed_for_goods) as billed_for_goods, any_value(billed_units) as billed_units
    from cost_documents
    group by event_id
),
inflows as (
    select
        rows.event_id, rows.quantity,
        case when rows.unit_cost is not null then money(times(rows.priced_quantity, rows.unit_cost))
            when documents.billed_units > 0 then share_of_money(
                money(documents.billed_for_goods), rows.priced_quantity, documents.billed_units::decimal(18, 4)) end as own_value,
        coalesce(documents.value_change, 0) as value_change, coalesce(documents.freight, 0) as freight
    from stock_rows as rows
    left join documents using (event_id)
    where rows.type in ('opening', 'receipt', 'adjustment', 'count') and rows.owner = 'own'
)
select event_id, quantity, own_value,
    money(greatest(own_value + value_change, 0)) as value,
    money(least(greatest(freight, 0), greatest(own_value + value_change, 0))) as freight
from inflows
where own_value is not null
