-- What each payout is made of, as cash to the seller; transactions that are in no payout yet have no line.
-- Grain: one row per amount: a transaction's sale or refund, and each of its fees.
select payout_id as settlement_id, key || case when part = 'whole' then '' else ':' || part end as line_no, type, order_id,
    coalesce(custom_label, item_id) as sku, case when type = 'sale' then plain_number(quantity) end as quantity,
    coalesce(cash::varchar, written) as amount, created_at as posted_at, source_file, source_row
from ebay_transactions_parts
where payout_id is not null
