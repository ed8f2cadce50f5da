-- The accounts that the journals name.
-- Grain: one row per account and file.
select account, any_value(name) as name, source_file, min(source_row) as source_row
from zoho_books_journal_lines
where account is not null
group by account, source_file
