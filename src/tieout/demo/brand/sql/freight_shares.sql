-- Freight and duty of whole orders, shared over their receipts by value; the remainder on the largest, the last of several.
-- Grain: one bill and receipt. Cents; ``by_units``: the share by quantity, as a careless bookkeeper does it.
with shares as (
    select costs.cost_id, costs.effective_at, receipts.event_id, receipts.sku, receipts.location, receipts.occurred_at,
        costs.amount as total,
        receipts.quantity * events.unit_cost * receipts.rate as worth,
        share(costs.amount, worth, sum(worth) over bills) as by_value,
        share(costs.amount, receipts.quantity, sum(receipts.quantity) over bills) as by_units,
        row_number() over (partition by costs.cost_id order by worth desc, receipts.occurred_at desc) as size,
        row_number() over (partition by costs.cost_id order by receipts.quantity desc, receipts.occurred_at desc) as units
    from costs
    join receipt_costs as receipts on costs.po_id = receipts.document
    join stock_events as events on receipts.event_id = events.event_id
    where costs.type = 'landed_cost'
    window bills as (partition by costs.cost_id)
)
select cost_id, effective_at, event_id, sku, location, occurred_at,
    by_value + case when size = 1 then total - sum(by_value) over bills else 0 end as amount,
    by_units + case when units = 1 then total - sum(by_units) over bills else 0 end as by_units
from shares
window bills as (partition by cost_id)
