-- The balances that a report of one month states.
-- Grain: one row per account and month; Dr +.
select period, account, opening::varchar as opening, debit::varchar as debit, credit::varchar as credit,
    closing::varchar as closing, source_file, source_row
from xero_account_totals
where period is not null
