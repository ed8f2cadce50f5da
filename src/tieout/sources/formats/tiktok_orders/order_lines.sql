-- What buyers ordered; an item without a seller's sku goes by TikTok's.
-- Grain: one row per item of an order. TikTok collects the tax of a sale and remits it.
select order_id, sku_id || ':' || nth as line_no, 'tiktok' as channel, coalesce(seller_sku, sku_id) as sku,
    plain_number(quantity) as quantity, plain_number(sku_unit_original_price) as unit_price,
    plain_number(sku_seller_discount) as discount, 'shop' as discount_funded_by, shipping::varchar as shipping,
    tax::varchar as tax, 'channel' as tax_collected_by, ordered_at, paid_at, cancelled_at, cancel_reason, source_file, source_row
from tiktok_orders_lines
