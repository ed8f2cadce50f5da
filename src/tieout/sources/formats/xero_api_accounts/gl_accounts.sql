-- The accounts. A bank account may have no code: it goes by its name.
-- Grain: one row per account.
select coalesce(code, name) as account, name, source_file, source_row
from xero_api_accounts
where is_data
