-- What buyers got back; the statement parts neither items nor shipping.
-- Grain: one row per refund.
select key as refund_id, order_id, 'etsy' as channel, coalesce((-cash)::varchar, written) as amount, currency,
    posted_at as refunded_at, settlement_id, source_file, source_row
from etsy_statement_amounts
where type = 'refund'
