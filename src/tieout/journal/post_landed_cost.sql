-- Freight, duty and the like on a receipt: Dr inventory, Cr landed cost clearing, at the receipt's date; a kit's by component.
-- Grain: one row per expected line.
with documents as (
    select cost_documents.* exclude (sku, amount), settings.cost_scope, goods.sku,
        part_of(cost_documents.amount, weight_before, weight_until, weight_of_all) as amount
    from cost_documents
    join moved_goods as goods using (event_id)
    cross join settings
    where cost_documents.type = 'landed_cost'
)
select
    cost_id as event_id, 'landed_cost' as event_type, sides.role, sku,
    case when sides.role = 'landed_cost_clearing' or cost_scope = 'location' then location end as location,
    null as channel, receipt_date as date, null::decimal(18, 4) as quantity, sides.side * amount as amount
from documents
cross join (values ('inventory', 1), ('landed_cost_clearing', -1)) as sides (role, side)
