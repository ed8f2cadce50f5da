-- Statements: what TikTok paid into the seller's balance.
-- Grain: one row per statement, of all files. ``gross`` is all but fees and refunds.
select settlement_id, 'tiktok' as channel, max(paid_at) as paid_at,
    (sum(cash) filter (where type not in ('fee', 'refund')))::varchar as gross,
    coalesce(-sum(cash) filter (where type = 'fee'), 0)::varchar as fees,
    coalesce(-sum(cash) filter (where type = 'refund'), 0)::varchar as refunds, sum(cash)::varchar as net,
    max(currency) as currency, min(source_file) as source_file, arg_min(source_row, (source_file, source_row)) as source_row
from tiktok_income_parts
group by settlement_id
