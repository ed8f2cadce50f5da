-- The accounts, by their numbers; where they have none, by their full names.
-- Grain: one row per account.
select coalesce(acctnumber, fullname) as account, fullname as name, source_file, source_row
from netsuite_api_accounts
where is_data
