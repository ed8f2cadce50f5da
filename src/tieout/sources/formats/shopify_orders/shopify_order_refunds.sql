-- What the export states as refunded, less what an export of transactions dates itself: of the order transactions, which know
-- every way of payment, else of Shopify Payments. Exports may overlap, and two equal refunds in one of them are two.
-- Grain: one order of a file that has any refund left.
with transactions as (
    select distinct origin, name as order_id, created_at as moment, number(amount) as cash, true as knows_all,
        row_number() over (partition by source_file, name, created_at, gateway, amount order by source_row) as place, gateway
    from shopify_order_transactions
    join export_files using (source_file)
    where is_data
    union all
    select distinct origin, "order", transaction_date, -number(amount), false,
        row_number() over (partition by source_file, "order", transaction_date, amount order by source_row), null
    from shopify_payments
    join export_files using (source_file)
    where is_data and lower(type) = 'refund'
),
dated as (
    -- They are of the order in their own source; where that has none of the number, of any.
    select heads.order_id, heads.origin, coalesce(sum(cash) filter (where knows_all), sum(cash)) as cash
    from (select distinct order_id, origin from shopify_order_heads) as heads
    join transactions on heads.order_id = transactions.order_id
        and (heads.origin = transactions.origin
            or not exists (
                from shopify_order_heads as own
                where own.order_id = transactions.order_id and own.origin = transactions.origin
            ))
    group by all
)
select heads.* replace (refunded - coalesce(dated.cash, 0) as refunded)
from shopify_order_heads as heads
left join dated using (order_id, origin)
where refunded - coalesce(dated.cash, 0) > 0
