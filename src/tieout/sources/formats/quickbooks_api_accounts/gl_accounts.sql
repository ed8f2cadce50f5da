-- The accounts, by their full names, as the reports of QuickBooks name them.
-- Grain: one row per account.
select fully_qualified_name as account, fully_qualified_name as name, source_file, source_row
from quickbooks_api_accounts
where is_data
