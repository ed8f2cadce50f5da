-- What the ledger made of the suppliers' bills.
-- Grain: one row per bill, and per receipt whose goods only its bill's entry took into stock. ``is_left_open``: the bill's order
-- is closed, but its entry leaves something of the goods received open (an order is closed with the last of its lines; a bill
-- belongs to its ``po_id``, else to the order that is its receipt's ``document``). ``is_stocked_early``: goods were taken into
-- stock by the bill, before they came.
with bills as (
    select distinct documents.cost_id, documents.event_id as receipt_id, coalesce(costs.po_id, rows.document) as po_id,
        documents.date < documents.receipt_date as is_early
    from cost_documents as documents
    join costs using (cost_id)
    join stock_rows as rows on documents.event_id = rows.event_id
    where documents.type = 'vendor_bill'
),
closed_orders as (
    select po_id
    from purchase_lines
    cross join as_of
    group by po_id
    having bool_and(coalesce(closed_at <= as_of.moment, false))
),
books as (
    select event_id,
        bool_or(side = 'recorded') as is_booked,
        bool_or(side = 'recorded' and role in ('inventory', 'in_transit') and amount > 0) as is_stocked,
        bool_or(side = 'recorded' and role = 'grni') as is_settled,
        sum(case when role <> 'grni' then 0 when side = 'expected' then amount else -amount end) as left_open
    from sides
    where event_id in (select cost_id from bills union all select receipt_id from bills)
    group by event_id
),
stocked as (
    select bills.*
    from bills
    join books on bills.cost_id = books.event_id and books.is_stocked and not books.is_settled
    left join books as receipts on bills.receipt_id = receipts.event_id
    where not coalesce(receipts.is_booked, false)
)
select bills.cost_id as unit_id,
    bool_or(bills.po_id in (from closed_orders) and books.is_settled and books.left_open <> 0) as is_left_open,
    coalesce(bool_or(stocked.is_early), false) as is_stocked_early
from bills
join books on bills.cost_id = books.event_id
left join stocked using (cost_id, receipt_id)
group by all
union all
select receipt_id, false, bool_or(is_early) from stocked group by receipt_id
