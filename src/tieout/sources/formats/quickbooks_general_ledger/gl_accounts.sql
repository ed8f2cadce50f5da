-- The accounts of the report.
-- Grain: one row per account and file.
select account, name, source_file, source_row from quickbooks_ledger_accounts
