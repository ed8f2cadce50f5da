-- Grain: one line of a purchase order; in the supplier's currency.
select po_id, line_no, vendor, sku, quantity, dollars(unit_price) as unit_price, currency, moment(ordered_at) as ordered_at,
    moment(expected_at) as expected_at, moment(closed_at) as closed_at
from purchase_lines
order by po_id, line_no
