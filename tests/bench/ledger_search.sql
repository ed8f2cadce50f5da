-- A general ledger as a saved search of NetSuite gives it, of any length: invoices and what they cost, in entries of four.
-- Grain: one row per posting line. $rows: how many.
with lines as (
    select row, row // 4 as entry, row % 4 as place,
        ((1000 + row // 4 % 9000) * case when row % 4 < 2 then 1 else 0.4 end * 0.01)::decimal(18, 2) as amount,
        timestamp '2026-01-01' + to_seconds(row // 4 * 20) as created
    from range($rows) as lines (row)
)
select 900000 + entry as "Internal ID", strftime(created, '%-m/%-d/%Y') as "Date", strftime(created, '%b %Y') as "Period",
    ['Invoice', 'Invoice', 'Item Fulfillment', 'Item Fulfillment'][1 + place] as "Type", 'SO' || entry as "Document Number",
    ['1100 Accounts Receivable', '4000 Sales : 4010 Web Sales', '5000 Cost of Goods Sold', '1200 Inventory Asset'][1 + place]
        as "Account",
    'A customer of whom nothing is kept' as "Name", 'Order of the web shop, shipped and paid' as "Memo",
    case when place in (0, 2) then amount end as "Debit", case when place in (1, 3) then amount end as "Credit",
    'Harbour Inc' as "Subsidiary", null as "Department", null as "Class", 'East' as "Location",
    case when place >= 2 then 'SKU-' || entry % 800 end as "Item", case when place >= 2 then -1 end as "Quantity",
    strftime(created, '%-m/%-d/%Y %-I:%M %p') as "Date Created"
from lines
order by row
