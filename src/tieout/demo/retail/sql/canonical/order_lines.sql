-- Grain: one real sale row; GBP without tax. Carriage (POST, DOT, C2) is shipping income: its price is zero and its
-- value is ``shipping``. The three bad debt rows have no product, so the loader refuses them.
select order_id, line_no::varchar as line_no, channel, sku, quantity,
    case when sku in ('POST', 'DOT', 'C2') then 0 else price end::decimal(18, 6) as unit_price,
    case when sku in ('POST', 'DOT', 'C2') then pounds(value) end as shipping,
    ordered_at, cancellations.cancelled_at,
    'credit note ' || cancellations.credit_invoice as cancel_reason
from sale_lines
left join cancellations using (row)
union all
select invoice, '1', 'trade', null, quantity, price, null, moment, null, null
from uses
where use = 'bad debt'
order by order_id, line_no
