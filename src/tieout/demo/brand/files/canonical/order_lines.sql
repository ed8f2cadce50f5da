-- Orders as the exports tell them. Amazon's report has no numbers of lines, no moment of payment, and for all of an order one
-- moment of its last change; Shopify's cancels whole orders only: those of which one of several lines was cancelled stay beside.
-- Grain: one line of an order.
with told as (
    select *, max(cancelled_at) over whole as last_cancelled_at, count(cancelled_at) over whole as cancelled,
        count(*) over whole as lines, row_number() over (partition by order_id order by sku) as place
    from canonical.order_lines
    window whole as (partition by order_id)
),
carried as (
    select *, case when channel = 'amazon' then 'amazon_all_orders'
        when channel in ('web', 'wholesale') and (cancelled = 0 or lines = 1) then 'shopify_orders' end as carrier
    from told
)
select * exclude (last_cancelled_at, cancelled, lines, place) replace (
        if(channel = 'amazon', place, line_no) as line_no,
        if(channel = 'amazon', 0, discount) as discount,
        if(carrier is null, discount_funded_by, 'shop') as discount_funded_by,
        if(carrier = 'shopify_orders', 'shop', tax_collected_by) as tax_collected_by,
        if(channel = 'amazon', null, paid_at) as paid_at,
        if(channel = 'amazon' and cancelled_at is not null, last_cancelled_at, cancelled_at) as cancelled_at,
        if(carrier is null, cancel_reason, null) as cancel_reason)
from carried
