-- Sales that stayed in the books though their order was cancelled for want of goods: that unmet demand already, and no sale.
-- Grain: one row per correction that takes such a cost of sales out, with the entry that booked it.
select distinct corrections.correction_id, corrections.journal_id, corrections.sku
from corrections
left join event_keys as keys using (event_id)
join unmet_demand as unmet
    on corrections.sku = unmet.sku and coalesce(keys.order_id, corrections.origin_event_id) = unmet.order_id
where corrections.role = 'cogs' and corrections.family = 'oversell' and corrections.quantity < 0
