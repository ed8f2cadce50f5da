-- What Walmart charges; what it gives back of a charge is negative.
-- Grain: one row per fee; a cost is positive.
select settlement_id || ':' || line_no as fee_id, 'walmart' as channel, order_id, sku, fee_type as type,
    (-cash)::varchar as amount, currency, posted_at as charged_at, settlement_id, source_file, source_row
from walmart_recon_amounts
where type = 'fee' and cash is not null
