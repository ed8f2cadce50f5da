-- Which unbooked cost lies behind the value of an event: that of the receipt which funded most of it, a return's through the
-- sale that it takes back.
-- Grain: one row per event and sku.
with funded as (
    select issues.event_id, issues.sku, hidden.cost_id, sum(issues.amount) as amount
    from funding as issues
    join unbooked_costs as hidden on issues.receipt_event_id = hidden.event_id
    group by all
),
largest as (
    select event_id, sku, arg_max(cost_id, (amount, cost_id)) as cost_id from funded group by all
)
from largest
union all
select rows.event_id, largest.sku, largest.cost_id
from stock_rows as rows
join largest on rows.source_event_id = largest.event_id
where rows.type = 'customer_return' and rows.event_id not in (select event_id from largest)
