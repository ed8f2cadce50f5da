-- The supplier's bill: Dr goods received not invoiced, Cr payables at its own date, what it owes more only because its exchange
-- rate is not the receipt's Dr exchange difference; what it says more than the receipt did goes to the goods (Dr inventory,
-- Cr goods received not invoiced), or where costing/cost_placements.sql says.
-- Grain: one row per expected line.
with lines as (
    select cost_id, role, sku, location, date, amount from cost_placements where type = 'vendor_bill'
    union all
    select cost_id, 'grni', goods_sku, goods_location, date, -amount from cost_placements where type = 'vendor_bill'
    union all
    select cost_id, 'grni', sku, location, date, amount - exchange_difference from cost_documents where type = 'vendor_bill'
    union all
    select cost_id, 'exchange_difference', null, null, date, exchange_difference
    from cost_documents
    where type = 'vendor_bill' and exchange_difference <> 0
    union all
    select cost_id, 'payables', null, null, date, -amount from cost_documents where type = 'vendor_bill'
)
select cost_id as event_id, 'vendor_bill' as event_type, role, sku, location, null as channel, date,
    null::decimal(18, 4) as quantity, amount
from lines
