-- The accounts of the report.
-- Grain: one row per account and file.
select account, arg_min(name, source_row) as name, source_file, min(source_row) as source_row
from xero_account_sections
where account is not null and (is_data or label is not null)
group by account, source_file
