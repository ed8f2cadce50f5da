-- The amounts of a payment, as cash to the seller.
-- Grain: one row per amount; units count on the price of the product alone.
select settlement_id, line_no, type, order_id, sku, plain_number(quantity) as quantity, plain_number(written) as amount,
    posted_at, source_file, source_row
from walmart_recon_amounts
