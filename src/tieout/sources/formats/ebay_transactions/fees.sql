-- What eBay charges; what it gives back of a charge is negative.
-- Grain: one row per fee; a cost is positive.
select key || ':' || part as fee_id, 'ebay' as channel, order_id, coalesce(custom_label, item_id) as sku, fee_type as type,
    coalesce((-amount)::varchar, written) as amount, case when part = 'whole' then payout_currency else currency end as currency,
    created_at as charged_at, payout_id as settlement_id, source_file, source_row
from ebay_transactions_parts
where type = 'fee'
