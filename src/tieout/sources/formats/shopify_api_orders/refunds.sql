-- What was given back, when, and whether the goods came with it; without tax.
-- Grain: one row per refunded item, and per adjustment of a refund: its shipping, or money without items.
with orders as (
    select source_file, source_row, name as order_id, currency, lower(coalesce(source_name, 'shopify')) as channel,
        coalesce(lower(taxes_included) = 'true', false) as tax_is_inside, file_zone, file_dates,
        unnest(from_json(refunds, '[{"id": "varchar", "created_at": "varchar",
            "refund_line_items": [{"id": "varchar", "line_item_id": "varchar", "quantity": "varchar", "subtotal": "varchar",
                "total_tax": "varchar", "restock_type": "varchar", "line_item": {"sku": "varchar", "title": "varchar"}}],
            "order_adjustments": [{"id": "varchar", "amount": "varchar", "tax_amount": "varchar", "kind": "varchar"}]}]'))
            as refund
    from shopify_api_orders
    where is_data
),
items as (
    select *, unnest(refund.refund_line_items) as item from orders
),
adjustments as (
    select *, unnest(refund.order_adjustments) as adjustment from orders
)
select refund.id || ':' || coalesce(item.id, item.line_item_id) as refund_id, order_id, item.line_item_id as line_no, channel,
    coalesce(nullif(item.line_item.sku, ''), item.line_item.title) as sku, plain_number(item.quantity) as quantity,
    (number(item.subtotal) - case when tax_is_inside then coalesce(number(item.total_tax), 0) else 0 end)::varchar as amount,
    plain_number(item.total_tax) as tax, null as shipping, currency,
    iso_time(refund.created_at, file_zone, file_dates) as refunded_at,
    case item.restock_type when 'legacy_restock' then 'return' else item.restock_type end as restock_type, source_file, source_row
from items
union all by name
select refund.id || ':' || adjustment.id as refund_id, order_id, channel,
    case when adjustment.kind = 'shipping_refund' then '0' else (-number(adjustment.amount))::varchar end as amount,
    case when adjustment.kind = 'shipping_refund' then (-number(adjustment.amount))::varchar end as shipping,
    (-number(adjustment.tax_amount))::varchar as tax, currency,
    iso_time(refund.created_at, file_zone, file_dates) as refunded_at, source_file, source_row
from adjustments
