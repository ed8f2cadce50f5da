-- Grain: one bill; in the supplier's currency.
select cost_id, type, event_id, sku, quantity, dollars(amount) as amount, basis, currency, moment(effective_at) as effective_at,
    document, po_id
from costs
order by cost_id
