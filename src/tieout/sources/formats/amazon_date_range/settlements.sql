-- Settlements whose payout the report has: what was transferred, and what Amazon kept of it as far as the reports go.
-- Grain: one row per settlement that has a transfer. ``gross`` is all that is neither a fee nor a refund.
with kept as (
    select settlement_id, coalesce(-sum(cash) filter (where type = 'fee'), 0) as fees,
        coalesce(-sum(cash) filter (where type = 'refund'), 0) as refunds
    from amazon_date_range_amounts
    group by all
),
paid as (
    select settlement_id, channel, currency, source_file, max(posted_at) as paid_at, -sum(number(total)) as net,
        min(source_row) as source_row, list(source_row) as source_rows
    from amazon_date_range_rows
    where kind = 'transfer'
    group by all
)
select settlement_id, channel, paid_at, (net + coalesce(kept.fees, 0) + coalesce(kept.refunds, 0))::varchar as gross,
    coalesce(kept.fees, 0)::varchar as fees, coalesce(kept.refunds, 0)::varchar as refunds, net::varchar as net, currency,
    source_file, source_row, source_rows
from paid
left join kept using (settlement_id)
