-- Shopify's orders export: what belongs to the whole order stands on its first row only. A spreadsheet has taken the zones away.
-- Grain: one line of an order.
with heads as (
    select order_id, sum(quantity * unit_price)::decimal(18, 2) as prices, sum(discount)::decimal(18, 2) as discount,
        sum(shipping)::decimal(18, 2) as shipping, sum(tax)::decimal(18, 2) as tax
    from canonical.order_lines
    where carrier = 'shopify_orders'
    group by order_id
),
refunded as (
    select order_id, sum(amount + tax)::decimal(18, 2) as refunded from canonical.refunds where channel = 'web' group by order_id
),
rows as (
    select lines.*, row_number() over (partition by order_id order by line_no) = 1 as is_first, items.name
    from canonical.order_lines as lines
    left join (select sku, name from canonical.items) as items using (sku)
    where carrier = 'shopify_orders'
)
select 'shopify/orders_export.csv' as file, order_id as "Name", email(order_id) as "Email",
    case when not is_first then null when rows.cancelled_at is not null then 'voided'
        when coalesce(refunded, 0) = 0 then 'paid' else 'partially_refunded' end as "Financial Status",
    if(is_first, strftime(rows.paid_at, '%Y-%m-%d %H:%M:%S'), null) as "Paid at",
    if(is_first, 'fulfilled', null) as "Fulfillment Status", if(is_first, 'no', null) as "Accepts Marketing",
    if(is_first, 'USD', null) as "Currency", if(is_first, heads.prices - heads.discount, null) as "Subtotal",
    if(is_first, heads.shipping, null) as "Shipping", if(is_first, heads.tax, null) as "Taxes",
    if(is_first, heads.prices - heads.discount + heads.shipping + heads.tax, null) as "Total",
    if(is_first, heads.discount, null) as "Discount Amount", strftime(ordered_at, '%Y-%m-%d %H:%M:%S') as "Created at",
    quantity as "Lineitem quantity", name as "Lineitem name", unit_price as "Lineitem price", sku as "Lineitem sku",
    'true' as "Lineitem requires shipping", 'fulfilled' as "Lineitem fulfillment status",
    if(is_first, person(order_id), null) as "Billing Name", if(is_first, street(order_id), null) as "Billing Address1",
    if(is_first, '85001', null) as "Billing Zip", if(is_first, phone(order_id), null) as "Billing Phone",
    if(is_first, person(order_id || 'to'), null) as "Shipping Name",
    if(is_first, street(order_id || 'to'), null) as "Shipping Address1",
    if(is_first, phone(order_id || 'to'), null) as "Shipping Phone",
    if(is_first, 'Leave it with ' || person(order_id || 'note'), null) as "Notes",
    if(is_first, strftime(rows.cancelled_at, '%Y-%m-%d %H:%M:%S'), null) as "Cancelled at",
    if(is_first, coalesce(refunded, 0), null) as "Refunded Amount",
    if(is_first, if(channel = 'web', 'web', 'shopify_draft_order'), null) as "Source", rows.discount as "Lineitem discount",
    if(is_first, phone(order_id), null) as "Phone", null as "Duties"
from rows
join heads using (order_id)
left join refunded using (order_id)
order by ordered_at, order_id, line_no
