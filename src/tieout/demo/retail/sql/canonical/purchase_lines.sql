-- Grain: one line of the order behind one delivery; GBP per unit.
select document as po_id, (row_number() over (partition by document order by sku))::varchar as line_no,
    vendor, sku, quantity,
    unit_cost::decimal(18, 6) as unit_price, moment::date - 30 + interval 9 hour as ordered_at,
    moment::date + interval 12 hour as expected_at
from purchases
where type = 'receipt'
order by po_id, sku
