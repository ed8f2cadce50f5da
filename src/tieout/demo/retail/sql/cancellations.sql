-- Sales that a credit note took back before they were dispatched.
-- Grain: one sale row.
select credit_matches.sale_row as row, min(uses.moment) as cancelled_at, min(uses.invoice) as credit_invoice
from credit_matches
join uses using (row)
where credit_matches.outcome = 'cancelled'
group by credit_matches.sale_row
