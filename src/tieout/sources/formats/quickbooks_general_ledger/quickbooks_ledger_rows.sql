-- The transactions and the opening balances under the account of each: its own column says it, else its section.
-- Grain: one row per transaction, or per opening balance (``is_data`` false). ``amount``, ``balance``: on the account's own
-- side; ``booked``: Dr +, where the report has debits and credits.
select raw.source_file, raw.source_row, is_data, coalesce(account, path) as path, iso_date(date, file_dates) as effective_date,
    transaction_type as type, num, transaction_id, split, raw.amount, number(balance) as balance,
    debit_less_credit(debit, credit) as booked, product_service as sku, quantity, location,
    iso_time(create_date, file_zone, file_dates) as created_at, iso_time(last_modified, file_zone, file_dates) as changed_at
from quickbooks_general_ledger as raw
asof left join quickbooks_ledger_sections as sections
    on raw.source_file = sections.source_file and raw.source_row >= sections.source_row
where is_data or heading is null and balance is not null and coalesce(raw.amount, debit, credit) is null
