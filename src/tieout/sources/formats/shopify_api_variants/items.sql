-- What the shop sells, at its price; the names stand with the products.
-- Grain: one row per variant.
select sku, plain_number(price) as list_price, source_file, source_row
from shopify_api_variants
where is_data
