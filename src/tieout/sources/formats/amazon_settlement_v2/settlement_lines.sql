-- The amounts of a settlement, as cash to the seller.
-- Grain: one row per amount. The quantity is repeated on every component of an item, so it counts on the price alone.
select settlement_id, line_no, type, order_id, sku, plain_number(quantity) as quantity, plain_number(written) as amount,
    posted_at, source_file, source_row
from amazon_settlement_v2_amounts
