-- One settlement: what it paid out, and what Amazon kept of it.
-- Grain: one row per summary row of the report. ``gross`` is all that is neither a fee nor a refund.
with kept as (
    select source_file, settlement_id, coalesce(-sum(cash) filter (where type = 'fee'), 0) as fees,
        coalesce(-sum(cash) filter (where type = 'refund'), 0) as refunds, max(channel) as channel
    from amazon_settlement_v1_amounts
    group by all
)
select settlement_id, coalesce(kept.channel, 'amazon') as channel,
    iso_time(settlement_start_date, file_zone, file_dates) as starts_at,
    iso_time(settlement_end_date, file_zone, file_dates) as ends_at, iso_time(deposit_date, file_zone, file_dates) as paid_at,
    (number(total_amount) + coalesce(kept.fees, 0) + coalesce(kept.refunds, 0))::varchar as gross,
    coalesce(kept.fees, 0)::varchar as fees, coalesce(kept.refunds, 0)::varchar as refunds,
    plain_number(total_amount) as net, currency, source_file, source_row
from amazon_settlement_v1
left join kept using (source_file, settlement_id)
where is_data and total_amount is not null
