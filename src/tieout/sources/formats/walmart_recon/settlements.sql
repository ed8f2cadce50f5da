-- The payment of a report, as its summary row states it.
-- Grain: one row per summary row. ``gross`` is all but fees and refunds.
with kept as (
    select source_file, settlement_id, coalesce(-sum(cash) filter (where type = 'fee'), 0) as fees,
        coalesce(-sum(cash) filter (where type = 'refund'), 0) as refunds
    from walmart_recon_amounts
    group by all
)
select concat_ws(' ', 'walmart', iso_date(coalesce(period_end_date, transaction_posted_timestamp), file_dates), file_account)
        as settlement_id,
    'walmart' as channel, iso_time(period_start_date, file_zone, file_dates) as starts_at,
    iso_time(period_end_date, file_zone, file_dates) as ends_at,
    iso_time(coalesce(transaction_posted_timestamp, period_end_date), file_zone, file_dates) as paid_at,
    (number(total_payable) + coalesce(fees, 0) + coalesce(refunds, 0))::varchar as gross, coalesce(fees, 0)::varchar as fees,
    coalesce(refunds, 0)::varchar as refunds, plain_number(total_payable) as net, currency, raw.source_file, source_row
from walmart_recon as raw
left join kept on raw.source_file = kept.source_file and kept.settlement_id
    = concat_ws(' ', 'walmart', iso_date(coalesce(period_end_date, transaction_posted_timestamp), file_dates), file_account)
where is_data and transaction_type = 'PaymentSummary'
