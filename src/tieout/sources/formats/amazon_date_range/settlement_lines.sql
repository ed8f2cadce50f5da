-- The amounts of the report, as cash to the seller.
-- Grain: one row per filled column. The units of a row count on its price.
select settlement_id, line_no, type, order_id, sku, plain_number(quantity) as quantity, plain_number(written) as amount,
    posted_at, source_file, source_row
from amazon_date_range_amounts
