-- The accounts that the journal names.
-- Grain: one row per account and file.
select account, name, source_file, source_row from quickbooks_journal_accounts
