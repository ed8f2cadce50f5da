-- Movements as the exports tell them. Amazon knows orders (of shipments and returns), but neither when goods arrived, nor which
-- shipment a return takes back; its ledger tells of what it received and lost. The warehouses' own system knows the rest.
-- Grain: one movement of one item.
with carried as (
    select events.* replace (
            if(events.channel = 'amazon', lines.line_no, events.line_no) as line_no),
        case when type = 'opening' or coalesce(from_location, '') <> 'FBA' and coalesce(to_location, '') <> 'FBA' then 'wms_moves'
            when type = 'shipment' then 'amazon_fulfilled_shipments'
            when type = 'customer_return' then 'amazon_customer_returns'
            else 'amazon_ledger_detail' end as carrier
    from canonical.stock_events as events
    left join canonical.order_lines as lines on events.order_id = lines.order_id and events.sku = lines.sku
)
select * replace (
        if(carrier = 'wms_moves', recorded_at, null) as recorded_at,
        if(carrier = 'wms_moves', delivered_at, null) as delivered_at,
        if(carrier = 'wms_moves', source_event_id, null) as source_event_id,
        if(carrier = 'wms_moves', owner, null) as owner,
        case carrier when 'amazon_fulfilled_shipments' then 'D' || order_id
            when 'amazon_customer_returns' then string_split(event_id, ':')[4] else document end as document,
        case carrier when 'amazon_ledger_detail' then if(type = 'transfer', 'Receipts', 'Adjustments M')
            when 'amazon_customer_returns'
                then if(disposition = 'sellable', 'SELLABLE', 'CUSTOMER_DAMAGED') || ', UNWANTED_ITEM, Unit returned to inventory'
            else reason end as reason,
        if(carrier = 'wms_moves', system, 'amazon') as system),
    case when carrier in ('amazon_fulfilled_shipments', 'amazon_ledger_detail') then 'available' end as from_status,
    case when carrier = 'amazon_customer_returns' then if(disposition = 'sellable', 'available', 'damaged')
        when carrier = 'amazon_ledger_detail' and type = 'transfer' then 'available' end as to_status
from carried
