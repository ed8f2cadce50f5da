-- The accounts that were posted to.
-- Grain: one row per account and file.
select account, min(account_name) as name, source_file, min(source_row) as source_row
from xero_api_nested_journals_lines
group by account, source_file
