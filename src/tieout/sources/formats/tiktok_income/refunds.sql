-- What buyers got back of the price.
-- Grain: one row per row of the statement with a refund.
select key || ':' || part as refund_id, order_id, 'tiktok' as channel, sku, (-cash)::varchar as amount, currency,
    coalesce(settled_at, paid_at) as refunded_at, settlement_id, source_file, source_row
from tiktok_income_parts
where type = 'refund'
