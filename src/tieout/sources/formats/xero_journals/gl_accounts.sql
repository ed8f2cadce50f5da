-- The accounts that the journals name.
-- Grain: one row per account and file.
select account, arg_min(name, source_row) as name, source_file, min(source_row) as source_row
from xero_journal_lines
group by account, source_file
