-- What becomes of ids of the company in exports that do not have them: what the formats make of the rows.
-- Grain: one id.
with centre as (
    select *, case when type = 'shipment' then 'Shipments' when type = 'customer_return' then 'CustomerReturns'
            when type = 'transfer' then 'Receipts' else 'Adjustments' end as kind,
        if(from_location = 'FBA', -quantity, quantity) as moved
    from canonical.stock_events
    where 'FBA' in (coalesce(from_location, ''), coalesce(to_location, '')) and type <> 'opening'
)
select event_id as id, 'FBA shipment:' || event_id as name from centre where kind = 'Shipments'
union all
select event_id, concat_ws(':', 'FBA return', order_id, sku, plate(event_id), in_utc(occurred_at), 1)
from centre
where kind = 'CustomerReturns'
union all
select event_id, concat_ws(':', 'FBA', with_zone(occurred_at), sku, fnsku(sku), kind, 'PHX7', 'SELLABLE',
        if(kind = 'Adjustments', if(moved < 0, 'M', 'F'), ''), coalesce(document, ''), moved, 1)
from centre
where kind in ('Receipts', 'Adjustments')
union all
select fee_id, payment_id(charged_at, 'charge', order_id) || ' fee' from canonical.fees where channel = 'web'
union all
select settlement_id, 'shopify-payments-' || paid_at::date || '-USD' from canonical.settlements where channel = 'web'
union all
select fee_id, fees.settlement_id || ':' || lines.line_no
from canonical.fees as fees
join canonical.settlement_lines as lines
    on fees.settlement_id = lines.settlement_id and fees.order_id is not distinct from lines.order_id
    and fees.charged_at = lines.posted_at
where fees.channel = 'amazon' and lines.type = 'fee'
union all
select refund_id, refunds.settlement_id || ':' || lines.line_no
from canonical.refunds as refunds
join canonical.settlement_lines as lines
    on refunds.settlement_id = lines.settlement_id and refunds.order_id = lines.order_id and refunds.refunded_at = lines.posted_at
where refunds.channel = 'amazon' and lines.type = 'refund'
