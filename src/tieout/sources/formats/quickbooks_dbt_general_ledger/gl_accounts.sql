-- The accounts that were posted to.
-- Grain: one row per account and file.
select account, account as name, source_file, min(source_row) as source_row
from quickbooks_dbt_ledger_accounts
group by account, source_file
