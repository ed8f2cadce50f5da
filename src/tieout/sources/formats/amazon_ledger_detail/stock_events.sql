-- What moved in Amazon's centres, as the ledger knows it: without orders and without costs.
-- Grain: one row per row of the report; a change of condition is made of two. Goods come from and go to three places of which
-- the ledger does not tell more: ``FBA inbound`` (receipts), ``FBA removals`` (what the seller called back), ``FBA transfers``
-- (on the way from one centre to another). [source.locations] can name our own place for them.
with judged as (
    select *,
        case when other_row is not null then 'status_change'
            when event_type in ('Receipts', 'VendorReturns', 'WhseTransfers') then 'transfer'
            when event_type = 'Shipments' and quantity < 0 then 'shipment'
            when event_type in ('Shipments', 'CustomerReturns') and quantity > 0 then 'customer_return'
            when event_type = 'Adjustments' and upper(reason) in ('D', '5') and quantity < 0 then 'write_off'
            else 'adjustment' end as type,
        case event_type when 'Receipts' then 'FBA inbound' when 'VendorReturns' then 'FBA removals'
            when 'WhseTransfers' then 'FBA transfers' end as elsewhere
    from amazon_ledger_detail_moves
    where other_row is null or quantity < 0
)
select event_id, type, msku as sku, coalesce(abs(quantity)::varchar, written) as quantity,
    if(quantity < 0, centre, elsewhere) as from_location,
    if(quantity > 0 or type = 'status_change', centre, elsewhere) as to_location,
    if(quantity < 0 or elsewhere is not null, status, null) as from_status,
    case when type = 'status_change' then other_status when quantity > 0 or elsewhere is not null then status end as to_status,
    occurred_at, if(type in ('shipment', 'customer_return'), 'amazon', null) as channel, reference_id as document,
    if(type = 'customer_return', if(status = 'available', 'sellable', 'damaged'), null) as disposition,
    concat_ws(' ', event_type, reason) as reason, 'amazon' as system, source_file, source_row,
    list_filter([source_row, other_row], lambda row: row is not null) as source_rows
from judged
