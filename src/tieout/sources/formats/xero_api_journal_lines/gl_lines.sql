-- What each line posts, with the day and origin of its journal; a line without its journal has no day and is rejected.
-- The API writes times as /Date(milliseconds+zone)/.
-- Grain: one row per line of a journal.
with names as (
    select *, unnest(list_distinct([journal_id, coalesce(parent_id, journal_id)])) as known_as
    from xero_api_journals
    where is_data
),
journals as (
    -- Two extracts may both have a journal.
    select *, nullif(regexp_extract(journal_date, 'Date\((\d+)', 1), '')::bigint as day_milliseconds,
        nullif(regexp_extract(created_date_utc, 'Date\((\d+)', 1), '')::bigint as created_milliseconds
    from names qualify row_number() over (partition by known_as order by source_file, source_row) = 1
)
select coalesce(journals.journal_id, lines.journal_id) as journal_id, journal_line_id as line_no,
    coalesce(account_code, account_name) as account, plain_number(net_amount) as amount,
    coalesce(strftime(make_timestamp(day_milliseconds * 1000), '%Y-%m-%d'), iso_date(journal_date, journals.file_dates))
        as effective_date,
    coalesce(strftime(make_timestamp(created_milliseconds * 1000), '%Y-%m-%dT%H:%M:%SZ'),
        iso_time(created_date_utc, journals.file_zone, journals.file_dates)) as posted_at,
    source_id as external_id, reference as document, source_type as source, (source_type = 'MANJOURNAL')::varchar as is_manual,
    lines.source_file, lines.source_row
from xero_api_journal_lines as lines
left join journals on lines.journal_id = journals.known_as
where lines.is_data
