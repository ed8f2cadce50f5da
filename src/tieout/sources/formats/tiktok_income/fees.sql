-- What TikTok charges, ads among it; what it gives back of a charge is negative.
-- Grain: one row per kind of fee and row of the statement; a cost is positive.
select key || ':' || part as fee_id, 'tiktok' as channel, order_id, sku,
    case when part = 'rest' then 'advertising' else part end as type,
    (-cash)::varchar as amount, currency, coalesce(settled_at, paid_at) as charged_at, settlement_id, source_file, source_row
from tiktok_income_parts
where type = 'fee'
