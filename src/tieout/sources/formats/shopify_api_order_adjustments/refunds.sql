-- Shipping that was given back, and money without items.
-- Grain: one row per adjustment. Shopify writes what it gives back with a minus.
with orders as (
    from shopify_api_order_heads where is_data
    qualify row_number() over (partition by id order by source_file, source_row) = 1
),
heads as (
    from shopify_api_refunds where is_data
    qualify row_number() over (partition by id order by source_file, source_row) = 1
),
parted as (
    select *, kind = 'shipping_refund' as is_shipping, coalesce((-number(amount))::varchar, amount) as given_back
    from shopify_api_order_adjustments
    where is_data
)
select refund_id || ':' || parted.id as refund_id, orders.name as order_id,
    lower(coalesce(source_name, 'shopify')) as channel, case when is_shipping then '0' else given_back end as amount,
    case when is_shipping then given_back end as shipping, coalesce((-number(tax_amount))::varchar, tax_amount) as tax, currency,
    iso_time(heads.created_at, heads.file_zone, heads.file_dates) as refunded_at, parted.source_file, parted.source_row
from parted
left join orders on parted.order_id = orders.id
left join heads on parted.refund_id = heads.id
