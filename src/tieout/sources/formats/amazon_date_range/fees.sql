-- What Amazon charges; what it gives back of a charge is negative.
-- Grain: one row per fee column of a row; a cost is positive.
select settlement_id || ':' || line_no as fee_id, channel, order_id, sku, fee_type as type, (-cash)::varchar as amount, currency,
    posted_at as charged_at, settlement_id, source_file, source_row
from amazon_date_range_amounts
where type = 'fee' and cash is not null
