-- The accounts that the journals name.
-- Grain: one row per account and file.
select account, any_value(name) as name, source_file, min(source_row) as source_row
from xero_journal_lines
group by account, source_file
