-- A payout: what came in on a day, and what Shopify kept of it.
-- Grain: one row per day and currency that was paid out, of all files: a payout may begin in one and end in the next.
with summed as (
    select settlement_id, paid_on, currency, min(moment) as starts_at, max(moment) as ends_at,
        coalesce(sum(number(amount) - number(fee)), 0) as net,
        coalesce(sum(number(fee)), 0) - coalesce(sum(number(amount)) filter (where kind = 'fee'), 0) as fees,
        -coalesce(sum(number(amount)) filter (where kind = 'refund'), 0) as refunds,
        min(source_file) as source_file, arg_min(source_row, (source_file, source_row)) as source_row
    from shopify_payments_entries
    where paid_on is not null
    group by settlement_id, paid_on, currency
)
select settlement_id, 'shopify' as channel, starts_at, ends_at, paid_on as paid_at, (net + fees + refunds)::varchar as gross,
    fees::varchar as fees, refunds::varchar as refunds, net::varchar as net, currency, source_file, source_row
from summed
