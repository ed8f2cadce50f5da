-- The net of each transaction, parted into what was sold or given back and what eBay kept.
-- Grain: one amount; ``cash`` in the currency of the payout, ``amount`` in that of the transaction. Payouts are no part: they
-- are where the money goes.
with fees as (
    select *, unnest(fees) as fee from ebay_transactions_rows
),
converted as (
    select * exclude (fees), fee.name as part, fee.type as fee_type, fee.amount as amount,
        money(times(fee.amount, rate)) as cash
    from fees
),
kept as (
    select source_file, source_row, sum(cash) as cash from converted group by all
),
whole as (
    select rows.* exclude (fees), 'whole' as part,
        case when regexp_matches(said, 'promoted|advertis|offsite') then 'advertising'
            when event like '%label%' then 'fulfilment' when regexp_matches(said, 'dispute|processing') then 'payment'
            else 'other' end as fee_type,
        net as amount, net - coalesce(kept.cash, 0) as cash
    from ebay_transactions_rows as rows
    left join kept using (source_file, source_row)
    where event <> 'payout' and written is not null
)
select *, case when part <> 'whole' then 'fee'
        when event = 'order' then 'sale' when regexp_matches(event, 'refund|claim|dispute') then 'refund'
        when regexp_matches(event, 'fee|label|charge') then 'fee' when regexp_matches(event, 'hold|reserve') then 'reserve'
        when regexp_matches(event, 'adjust|transfer') then 'adjustment' else 'other' end as type
from (select * from whole union all by name select * from converted)
