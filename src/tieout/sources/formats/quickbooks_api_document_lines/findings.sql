-- The ledger is not whole: what QuickBooks posts for the cost of what was sold stands in no table.
-- Grain: one row per file that has sales of items whose quantity QuickBooks tracks.
with tracked as (
    select coalesce(stock_keeping_unit, name) as sku from quickbooks_api_items where lower(track_quantity_on_hand) = 'true'
)
select 'partial_ledger' as finding, 'warning' as severity, 'gl_lines' as "table", source_file as id,
    'sales of inventory items are here without their cost: export the general ledger, which has what QuickBooks posts for it'
        as message,
    count(*)::decimal(18, 4) as quantity, null::decimal(38, 6) as amount
from quickbooks_api_document_lines_posted
where kind in ('invoice', 'sales receipt', 'credit memo', 'refund receipt') and sku in (select sku from tracked)
group by source_file
