-- What a statement is made of, as cash to the seller.
-- Grain: one row per amount; units count on the sale alone.
select settlement_id, key || ':' || part as line_no, type, order_id, sku,
    case when part = 'sale' and cash <> 0 then plain_number(quantity) end as quantity, coalesce(cash::varchar, written) as amount,
    settled_at as posted_at, source_file, source_row
from tiktok_income_parts
