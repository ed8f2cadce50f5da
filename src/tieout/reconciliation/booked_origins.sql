-- Which receipt, valued otherwise by the ledger, lies behind the value of an event: the one that funded most of it, else the last
-- transfer whose freight came to the place that it left; a return's through the sale that it takes back.
-- Grain: one row per event and sku. ``origin_id``: the receipt or its document whose entry differs.
with funded as (
    select issues.event_id, issues.sku, receipts.origin_id, sum(issues.amount) as amount
    from funding as issues
    join booked_receipts as receipts on issues.receipt_event_id = receipts.receipt_id and issues.receipt_sku = receipts.sku
    group by all
),
brought as (
    select legs.event_id, legs.sku, transfers.origin_id, moves.row
    from booked_receipts as transfers
    join valued_legs as moves on transfers.receipt_id = moves.event_id and moves.operation = 'move' and moves.sku = transfers.sku
    join valued_legs as legs on moves.cell_to = legs.cell_from and legs.row > moves.row
    where legs.event_id not in (select event_id from funded)
),
largest as (
    select event_id, sku, arg_max(origin_id, (amount, origin_id)) as origin_id from funded group by all
    union all
    select event_id, sku, arg_max(origin_id, (row, origin_id)) from brought group by all
)
from largest
union all
select rows.event_id, largest.sku, largest.origin_id
from stock_rows as rows
join largest on rows.source_event_id = largest.event_id
where rows.type = 'customer_return' and rows.event_id not in (select event_id from largest)
