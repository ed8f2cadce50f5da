-- What each row of a statement is. Etsy names neither rows nor payouts: equal rows of a day are real and are counted, and an
-- amount belongs to the first deposit on its day or later. VAT on fees is input tax, not part of the fee.
-- Grain: one row of a statement; ``cash`` to the shop. The amount of a deposit stands in its title.
with deposits as (
    select distinct currency, file_account, iso_date(date, file_dates) as day
    from etsy_statement
    where is_data and lower(type) = 'deposit'
),
rows as (
    select source_file, source_row, file_account, lower(type) as event, lower(concat_ws(' ', title, info)) as said,
        currency, net as written,
        number(net) as cash, iso_time(date, file_zone, file_dates) as posted_at, iso_date(date, file_dates) as day,
        nullif(regexp_extract(concat_ws(' ', title, info), '(?i)order:?\s*#?\s*(\d+)', 1), '') as order_id,
        nullif(regexp_extract(concat_ws(' ', title, info), '\S*\d[\d.,]*'), '') as deposited,
        md5(concat_ws('|', date, type, title, info, currency, amount, fees_taxes, net, file_account))[:12] || '-'
            || row_number() over (
                partition by source_file, date, type, title, info, currency, amount, fees_taxes, net order by source_row
            ) as key
    from etsy_statement
    where is_data
)
select rows.*, 'etsy ' || min(deposits.day || coalesce(' ' || deposits.file_account, '')) as settlement_id,
    case when event = 'sale' then 'sale' when event = 'refund' then 'refund' when event in ('fee', 'marketing') then 'fee'
        when regexp_matches(event, 'tax|vat|gst') then 'tax' when event = 'deposit' then 'deposit'
        when regexp_matches(event, 'reserve') then 'reserve' when regexp_matches(event, 'adjust|recoup') then 'adjustment'
        else 'other' end as type,
    case when event = 'marketing' or regexp_matches(said, 'offsite|etsy ads') then 'advertising'
        when regexp_matches(said, 'processing') then 'payment'
        when regexp_matches(said, 'transaction|listing|renew') then 'referral'
        when regexp_matches(said, 'postage|shipping label') then 'fulfilment' else 'other' end as fee_type
from rows
left join deposits
    on rows.currency is not distinct from deposits.currency and rows.file_account is not distinct from deposits.file_account
    and deposits.day >= rows.day
group by all
