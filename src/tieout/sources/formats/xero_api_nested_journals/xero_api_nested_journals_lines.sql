-- The lines inside of the journals. The API writes times as /Date(milliseconds+zone)/.
-- Grain: one row per line of a journal.
with journals as (
    select *, nullif(regexp_extract(journal_date, 'Date\((\d+)', 1), '')::bigint as day_milliseconds,
        nullif(regexp_extract(created_date_utc, 'Date\((\d+)', 1), '')::bigint as created_milliseconds,
        unnest(from_json(journal_lines, '["json"]')) as line
    from xero_api_nested_journals
    where is_data
)
select journal_id, reference, source_id, source_type, source_file, source_row,
    coalesce(strftime(make_timestamp(day_milliseconds * 1000), '%Y-%m-%d'), iso_date(journal_date, file_dates)) as day,
    coalesce(strftime(make_timestamp(created_milliseconds * 1000), '%Y-%m-%dT%H:%M:%SZ'),
        iso_time(created_date_utc, file_zone, file_dates)) as created_at,
    line ->> 'JournalLineID' as line_no, coalesce(nullif(line ->> 'AccountCode', ''), line ->> 'AccountName') as account,
    line ->> 'AccountName' as account_name, line ->> 'NetAmount' as amount
from journals
