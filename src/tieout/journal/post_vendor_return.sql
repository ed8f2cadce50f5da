-- Goods sent back to a supplier: Dr goods received not invoiced at the named receipt's cost, Cr inventory with what leaves;
-- the difference is purchase price variance. Without a named receipt there is none.
-- Grain: one row per expected line.
with sent as (
    select legs.event_id, legs.sku, legs.from_location, rows.ships_from, rows.date, legs.quantity, legs.amount as taken,
        coalesce(share_of_money(costs.value, legs.quantity, costs.quantity), legs.amount) as credited
    from valued_legs as legs
    join stock_rows as rows using (event_id)
    left join receipt_costs as costs on rows.source_event_id = costs.event_id
    where legs.type = 'vendor_return'
),
lines as (
    select event_id, sku, ships_from as location, date, 'grni' as role, null as quantity, credited as amount from sent
    union all
    select event_id, sku, from_location, date, 'inventory', -quantity, -taken from sent
    union all
    select event_id, sku, ships_from, date, 'purchase_price_variance', null, taken - credited
    from sent
    where taken <> credited
)
select event_id, 'vendor_return' as event_type, role, sku, location, null as channel, date,
    quantity::decimal(18, 4) as quantity, amount
from lines
