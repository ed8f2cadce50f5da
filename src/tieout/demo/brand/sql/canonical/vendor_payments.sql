-- Grain: one payment; in the supplier's currency.
select payment_id, po_id, cost_id, dollars(amount) as amount, currency, moment(paid_at) as paid_at, is_prepayment
from vendor_payments
order by payment_id
