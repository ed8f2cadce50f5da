-- What buyers got back, by refund, claim or dispute; the report does not say whether goods came with it.
-- Grain: one row per transaction. One without its parts is all amount.
select key as refund_id, order_id, 'ebay' as channel, coalesce(custom_label, item_id) as sku,
    coalesce(coalesce(-subtotal, -amount)::varchar, written) as amount, (-shipping)::varchar as shipping,
    (-seller_tax)::varchar as tax,
    case when subtotal is null then payout_currency else currency end as currency, created_at as refunded_at,
    payout_id as settlement_id, source_file, source_row
from ebay_transactions_parts
where type = 'refund'
