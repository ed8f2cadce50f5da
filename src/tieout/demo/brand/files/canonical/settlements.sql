-- Payouts as the exports tell them: Shopify's lists transactions and the day on which each was paid out, no more.
-- Grain: one payout.
with spans as (
    select settlement_id, min(posted_at) as first_at, max(posted_at) as last_at from canonical.settlement_lines group by all
)
select settlements.* replace (
        if(channel = 'web', first_at, starts_at) as starts_at,
        if(channel = 'web', last_at, ends_at) as ends_at,
        if(channel = 'web', date_trunc('day', paid_at)::timestamp, paid_at) as paid_at),
    case channel when 'web' then 'shopify_payments' when 'amazon' then 'amazon_settlement_v2' end as carrier
from canonical.settlements as settlements
left join spans using (settlement_id)
