-- Is a payout the sum of its transactions, and the net of sales and refunds that of their parts?
-- Grain: one row per payout that the report has a row of; one per file, of what is in the currency of the payout.
with payouts as (
    select source_file, payout_id, -sum(net) as expected
    from ebay_transactions_rows
    where event = 'payout' and payout_id is not null
    group by all
),
paid as (
    select payout_id, sum(net) as found from ebay_transactions_rows where event <> 'payout' group by all
)
select source_file, 'payout' as control, payout_id as id, expected, coalesce(paid.found, 0)::decimal(38, 6) as found
from payouts
left join paid using (payout_id)
union all
select source_file, 'net of sales and refunds', source_file, sum(net)::decimal(38, 6),
    sum(subtotal + shipping + seller_tax + coalesce(list_sum(list_transform(fees, lambda fee: fee.amount)), 0))::decimal(38, 6)
from ebay_transactions_rows
where regexp_matches(event, '^order|refund') and net is not null and subtotal is not null and currency = payout_currency
group by source_file
