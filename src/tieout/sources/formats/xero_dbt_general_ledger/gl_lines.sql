-- What each line posts.
-- Grain: one row per line of a journal; Dr +.
select journal_id, journal_line_id as line_no, coalesce(account_code, account_name) as account,
    plain_number(net_amount) as amount, iso_date(journal_date, file_dates) as effective_date,
    iso_time(created_date_utc, file_zone, file_dates) as posted_at, source_id as external_id, reference as document,
    source_type as source, (source_type = 'MANJOURNAL')::varchar as is_manual, source_file, source_row
from xero_dbt_general_ledger
where is_data
