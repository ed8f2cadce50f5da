-- The lines of the ledger; the number of a check is the bank's and names no document of ours.
-- Grain: one row per line; Dr +.
select journal_id, row_number() over (partition by lines.source_file, journal_id order by lines.source_row)::varchar as line_no,
    account, amount, effective_date, case when type not ilike '%check%' then num end as external_id, num as document,
    lines.source_file, lines.source_row
from quickbooks_journal_lines as lines
left join quickbooks_journal_accounts as accounts using (source_file, path)
where is_data
