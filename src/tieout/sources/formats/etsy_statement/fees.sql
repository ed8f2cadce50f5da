-- What Etsy charges, without the VAT on it; what it gives back is negative.
-- Grain: one row per fee; a cost is positive.
select key as fee_id, 'etsy' as channel, order_id, fee_type as type, coalesce((-cash)::varchar, written) as amount, currency,
    posted_at as charged_at, settlement_id, source_file, source_row
from etsy_statement_amounts
where type = 'fee'
