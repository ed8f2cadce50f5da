-- The accounts that were posted to.
-- Grain: one row per account and file.
select coalesce(account_code, account_name) as account, min(account_name) as name, source_file, min(source_row) as source_row
from xero_dbt_general_ledger
where is_data
group by account, source_file
