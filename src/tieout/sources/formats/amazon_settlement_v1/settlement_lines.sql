-- The amounts of a settlement, as cash to the seller.
-- Grain: one row per amount. The units of an item count on its price.
select settlement_id, line_no, type, order_id, sku, plain_number(quantity) as quantity, plain_number(written) as amount,
    posted_at, source_file, source_row, source_rows
from amazon_settlement_v1_amounts
