-- Payouts to the bank; where the report has no row of a payout, its transactions add up to it.
-- Grain: one row per payout, of all files: its transactions and itself may stand in two. ``gross`` is all but fees and refunds.
with parts as (
    select payout_id, coalesce(-sum(cash) filter (where type = 'fee'), 0) as fees,
        coalesce(-sum(cash) filter (where type = 'refund'), 0) as refunds
    from ebay_transactions_parts
    group by payout_id
),
payouts as (
    select payout_id, coalesce(-sum(net) filter (where event = 'payout'), sum(net)) as net,
        coalesce(max(payout_date), max(created_at)) as paid_at, max(payout_currency) as currency,
        arg_max({'file': source_file, 'row': source_row}, (event = 'payout', -source_row)) as place
    from ebay_transactions_rows
    where payout_id is not null
    group by payout_id
)
select payout_id as settlement_id, 'ebay' as channel, paid_at,
    (net + coalesce(fees, 0) + coalesce(refunds, 0))::varchar as gross, coalesce(fees, 0)::varchar as fees,
    coalesce(refunds, 0)::varchar as refunds, net::varchar as net, currency, place.file as source_file, place.row as source_row
from payouts
left join parts using (payout_id)
