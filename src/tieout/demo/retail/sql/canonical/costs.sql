-- Grain: one freight bill of one delivery; GBP.
select cost_id, 'landed_cost' as type, event_id, sku, location, pounds(amount) as amount,
    'value' as basis, effective_at, document
from landed_costs
order by cost_id
