-- What each line posts, debit positive.
-- Grain: one row per line of a journal.
select journal_id, line_no, account, plain_number(amount) as amount, day as effective_date, created_at as posted_at,
    source_id as external_id, reference as document, source_type as source, (source_type = 'MANJOURNAL')::varchar as is_manual,
    source_file, source_row
from xero_api_nested_journals_lines
