-- What each transaction is, and the payout that it is in.
-- Grain: one transaction (a row of the export). ``entry_id``: its moment, type and order, for the export has no ids; the same in
-- every export; ``origin``: the source. The payout of a day and currency is a settlement once it is paid.
with timed as (
    select raw.*, files.origin, iso_time(transaction_date, file_zone, file_dates) as moment,
        iso_date(payout_date, file_dates) as payout_day, lower(type) as event
    from shopify_payments as raw
    join export_files as files using (source_file)
    where is_data
),
numbered as (
    select *,
        row_number() over (
            partition by source_file, moment, event, "order", currency order by number(amount), number(fee), source_row) as place
    from timed
),
named as (
    select *, concat_ws(' ', moment, event, "order", currency, file_account, case when place > 1 then place end) as entry_id
    from numbered
)
select source_file, source_row, origin, entry_id, "order" as order_id, moment, currency, amount, fee, net,
    case when coalesce(lower(payout_status), 'paid') = 'paid' then payout_day end as paid_on,
    case when coalesce(lower(payout_status), 'paid') = 'paid'
        then concat_ws('-', 'shopify-payments', payout_day, currency, file_account) end as settlement_id,
    case when event = 'charge' then 'sale' when event = 'refund' then 'refund' when contains(event, 'billing') then 'fee'
        when contains(event, 'tax') then 'tax' when contains(event, 'reserve') then 'reserve'
        when regexp_matches(event, 'adjust|chargeback|dispute') then 'adjustment' else 'other' end as kind
from named
