-- The balances of each month, as the running balances state them.
-- Grain: one row per account and month; Dr +. Accounts of profit and loss count from the report's first day.
select period, account, (opening * side)::varchar as opening, (closing * side)::varchar as closing, months.source_file,
    months.source_row
from quickbooks_ledger_months as months
join quickbooks_ledger_accounts as accounts using (source_file, path)
where side is not null
