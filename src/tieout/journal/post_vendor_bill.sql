-- The supplier's bill: Dr goods received not invoiced, Cr payables at its own date; what it says more than the receipt did
-- goes to the goods at the receipt's date (Dr inventory, Cr goods received not invoiced).
-- Grain: one row per expected line.
with bills as (
    select documents.*, settings.cost_scope
    from cost_documents as documents
    cross join settings
    where type = 'vendor_bill'
),
lines as (
    select cost_id, sides.role, goods.sku, location, cost_scope, receipt_date as date,
        sides.side * part_of(value_change, weight_before, weight_until, weight_of_all) as amount
    from bills
    join moved_goods as goods using (event_id)
    cross join (values ('inventory', 1), ('grni', -1)) as sides (role, side)
    where value_change <> 0
    union all
    select cost_id, sides.role, sku, location, cost_scope, date, sides.side * amount
    from bills
    cross join (values ('grni', 1), ('payables', -1)) as sides (role, side)
)
select
    cost_id as event_id, 'vendor_bill' as event_type, role,
    case when role <> 'payables' then sku end as sku,
    case when role = 'grni' or role = 'inventory' and cost_scope = 'location' then location end as location,
    null as channel, date, null::decimal(18, 4) as quantity, amount
from lines
