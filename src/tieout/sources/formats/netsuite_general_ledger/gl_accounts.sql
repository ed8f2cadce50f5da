-- The accounts that the search names.
-- Grain: one row per account and file.
select account, name, source_file, source_row from netsuite_ledger_accounts
